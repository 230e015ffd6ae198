//! Columns in single precision where draws are rare or a table is small: columns hold what one draw after the other gives, far out too,
//! and what is alike shares one table.

use headstart::batch::BLOCK;
use headstart::distribution::{
    Beta, Dist, Exponential, Gamma, LogNormal, Mixture, Normal, Pert, Single, StudentT, Table, Triangular,
    Uniform, probability,
};
use headstart::kernel::with_each_set;
use headstart::model::Store;
use headstart::sampler::{DrawPrecision, Stream};
use std::sync::Arc;

/// One draw in 65,536 is further out than a probability of 2^-17: blocks that have one are what those draws give, with any instructions.
#[test]
fn rare_draws_stand_in_columns() {
    let stream = Stream::new(4, "score.a.b");
    let mut bits = [0; BLOCK];
    let is_far = |&bits: &u32| probability(bits).min(1.0 - probability(bits)) < 2f64.powi(-17);
    let mut blocks = Vec::new();
    for block in 0..400_000 / BLOCK as u64 {
        stream.fill_bits(block, &mut bits);
        if bits.iter().any(is_far) {
            blocks.push(block);
        }
    }
    assert!(blocks.len() > 2);
    let dists: [Dist; 4] = [
        Normal::new(1.0, 2.0).unwrap().into(),
        Gamma::new(2.5, 1.0).unwrap().into(),
        StudentT::new(0.0, 1.0, 3.0).unwrap().into(),
        Mixture::new([
            (0.5, Normal::new(0.0, 1.0).unwrap().into()),
            (0.5, Uniform::new(3.0, 4.0).unwrap().into()),
        ])
        .unwrap()
        .into(),
    ];
    for dist in dists {
        let single = f32::curve(&dist, 0.5);
        with_each_set(|set| {
            for &block in &blocks {
                let mut column = [0.0; BLOCK];
                stream.fill_bits(block, &mut bits);
                f32::draw(&stream, block, &single, Store(&mut column));
                for (x, bits) in column.into_iter().zip(bits) {
                    assert_eq!(x.to_bits(), single.at(bits).to_bits(), "{dist} by {set}");
                    // Far out a draw has its own digits: as a probability, if it is no more than that.
                    let (p, x) = (probability(bits), f64::from(x) + 0.5);
                    let reached = if p < 0.5 { dist.cdf(x) } else { dist.survival(x) };
                    let off = (reached - p.min(1.0 - p)).abs();
                    assert!(off < 3e-6, "{dist} at {p:e} by {set}: {x}");
                }
            }
        });
    }
}

/// Whether two distributions are drawn from the same table. Tables that other tests need may drive one out in between, so that
/// this is tried again.
fn share(one: &Dist, other: &Dist) -> bool {
    (0..5).any(|_| match (Single::new(one, 0.0), Single::new(other, 1.0)) {
        (
            Single::Table { table: Table::Smooth(one), .. },
            Single::Table { table: Table::Smooth(other), .. },
        ) => Arc::ptr_eq(&one, &other),
        (
            Single::Table { table: Table::Rough(one), .. },
            Single::Table { table: Table::Rough(other), .. },
        ) => Arc::ptr_eq(&one, &other),
        _ => false,
    })
}

/// Distributions that are alike but for place and width share a table, and others do not.
#[test]
fn what_is_alike_shares_a_table() {
    let normal = |mean, sd| Dist::from(Normal::new(mean, sd).unwrap());
    let log_normal = |mu, sigma| Dist::from(LogNormal::new(mu, sigma).unwrap());
    let exponential = |rate| Dist::from(Exponential::new(rate).unwrap());
    let pert = |min, mode, max| Dist::from(Pert::new(min, mode, max, 4.0).unwrap());
    let beta = |alpha, min, max| Dist::from(Beta::new(alpha, 5.0, min, max).unwrap());
    let gamma = |shape, scale| Dist::from(Gamma::new(shape, scale).unwrap());
    let t = |location, scale, df| Dist::from(StudentT::new(location, scale, df).unwrap());
    for (one, alike, other) in [
        (normal(0.0, 1.0), normal(3.0, 0.5), exponential(1.0)),
        (log_normal(0.0, 0.5), log_normal(2.0, 0.5), log_normal(0.0, 0.75)),
        (exponential(1.0), exponential(0.25), gamma(1.5, 1.0)),
        (pert(0.0, 1.0, 4.0), pert(-8.0, -4.0, 8.0), pert(0.0, 2.0, 4.0)),
        (beta(2.0, 0.0, 1.0), beta(2.0, -1.0, 7.0), beta(3.0, 0.0, 1.0)),
        (gamma(2.5, 1.0), gamma(2.5, 3.0), gamma(3.5, 1.0)),
        (t(0.0, 1.0, 5.0), t(2.0, 0.5, 5.0), t(0.0, 1.0, 6.0)),
    ] {
        assert!(share(&one, &alike), "{one} and {alike}");
        assert!(!share(&one, &other), "{one} and {other}");
    }
}

/// A table is as exact for a narrow range as for a wide one: a draw is within a millionth of the range.
#[test]
fn narrow_ranges_are_as_exact_as_wide_ones() {
    for width in [1e-6, 1e-3, 1.0, 1e6] {
        let near = Triangular::new(0.0, 0.0, 2.0 * width).unwrap().into();
        let far = Uniform::new(10.0 * width, 12.0 * width).unwrap().into();
        let smooth = Beta::new(2.0, 3.0, 0.0, width).unwrap().into();
        for parts in [
            [(0.25, near), (0.75, far)],
            [(0.5, smooth), (0.5, Beta::new(3.0, 2.5, 0.0, width).unwrap().into())],
        ] {
            let dist: Dist = Mixture::new(parts).unwrap().into();
            let (single, (low, high)) = (Single::new(&dist, 0.0), dist.support());
            for n in 0..4096 {
                let bits = n << 20 | 0x80000;
                let (x, exact) = (f64::from(single.at(bits)), dist.quantile(probability(bits)));
                assert!((x - exact).abs() < 1e-6 * (high - low), "{dist}: {x} for {exact}");
            }
        }
    }
}

/// The least draw of a uniform number from zero on is half a cell, and none is outside.
#[test]
fn the_ends_of_a_uniform() {
    let single = Single::new(&Uniform::new(0.0, 4.0).unwrap().into(), 0.0);
    assert_eq!([single.at(0), single.at(2), single.at(4)], [0.5, 1.5, 2.5].map(|m| 4.0 * m / 2f32.powi(31)));
    let mirrored = Single::new(&Uniform::new(-4.0, 0.0).unwrap().into(), 0.0);
    assert!([single.at(u32::MAX), -mirrored.at(0)].iter().all(|x| (0.0..=4.0).contains(x)));
}
