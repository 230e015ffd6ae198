//! Controls: probabilities of pairs that are known without points. How far their averages over points are off tells how far off those
//! of ranks and claims are, as all of them go up and down with the same shared numbers.

use super::layout::Layout;

/// The slopes of ranks and claims in pairs, from one point to another.
#[derive(Clone, Debug)]
pub struct Controls {
    layout: Layout,
    /// Shape `[n_worlds x n_places x n_pairs]`, row-major.
    slopes: Vec<f64>,
}

/// Points that slopes are found from. They are points of their own, so what is averaged over others stays right on average, whatever the slopes.
pub const POINTS: u64 = 256;

/// With more pairs than this each says too little.
const MOST_PAIRS: usize = 128;

/// Pairs that hardly differ from point to point, or that go together, get small slopes: this is added to their variances.
const RIDGE: f64 = 1e-4;

impl Controls {
    /// Returns true if so many pairs are of use.
    pub fn can_use(layout: Layout) -> bool {
        (1..=MOST_PAIRS).contains(&layout.n_pairs)
    }

    /// Slopes by least squares from what came out at some points, one list of all worlds each.
    pub fn new(layout: Layout, points: &[Vec<f64>]) -> Self {
        let n = layout.n_pairs;
        let mut slopes = Vec::new();
        for start in (0..points[0].len()).step_by(layout.len()) {
            let mean = |place: usize| {
                points.iter().map(|values| values[start + place]).sum::<f64>() / points.len() as f64
            };
            let means: Vec<f64> = (0..layout.len()).map(mean).collect();
            let off = |place: usize| -> Vec<f64> {
                points.iter().map(|values| values[start + place] - means[place]).collect()
            };
            let pairs: Vec<Vec<f64>> = (0..n).map(|pair| off(layout.pairs().start + pair)).collect();
            let products = |with: &[f64]| -> Vec<f64> { pairs.iter().map(|pair| dot(pair, with)).collect() };
            let mut squares: Vec<Vec<f64>> = pairs.iter().map(|pair| products(pair)).collect();
            (0..n).for_each(|pair| squares[pair][pair] += RIDGE * points.len() as f64);
            let root = Root::new(squares);
            slopes.extend(layout.places().flat_map(|place| root.solve(products(&off(place)))));
        }
        Self { layout, slopes }
    }

    /// Returns how far off a rank or a claim of a world is likely to be where the pairs are as far off as `off` says.
    pub fn residual_sd(&self, world: usize, place: usize, off: impl Fn(usize) -> f64) -> f64 {
        let (n, places) = (self.layout.n_pairs, self.layout.places());
        let slopes = &self.slopes[(world * places.len() + place - places.start) * n..][..n];
        slopes.iter().zip(self.layout.pairs()).map(|(slope, pair)| slope * off(pair)).sum()
    }
}

/// The lower triangular root of a symmetric matrix.
struct Root(Vec<Vec<f64>>);

impl Root {
    fn new(mut rows: Vec<Vec<f64>>) -> Self {
        for i in 0..rows.len() {
            for j in 0..=i {
                let rest = rows[i][j] - dot(&rows[i][..j], &rows[j][..j]);
                rows[i][j] = if i == j { rest.max(f64::MIN_POSITIVE).sqrt() } else { rest / rows[j][j] };
            }
        }
        Self(rows)
    }

    /// Returns what the matrix makes `x` of.
    fn solve(&self, mut x: Vec<f64>) -> Vec<f64> {
        for i in 0..x.len() {
            x[i] = (x[i] - dot(&self.0[i][..i], &x[..i])) / self.0[i][i];
        }
        for i in (0..x.len()).rev() {
            let below: f64 = (i + 1..x.len()).map(|k| self.0[k][i] * x[k]).sum();
            x[i] = (x[i] - below) / self.0[i][i];
        }
        x
    }
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}
