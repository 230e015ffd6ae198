//! What the kernels compute does not depend on the instructions that they were compiled for, nor on whether a number is
//! one of a column.

use crate::support::*;
use headstart::Control;
use headstart::analysis::summarize;
use headstart::batch::BLOCK;
use headstart::distribution::{Beta, Dist, Gamma, Mixture, Normal, Pert, Triangular, Uniform};
use headstart::kernel::{Instructions, with_each_set};
use headstart::model::Store;
use headstart::sampler::{Arithmetic, DrawPrecision, Run, Stream};

fn families() -> Vec<Dist> {
    let far = Uniform::new(10.0, 12.0).unwrap().into();
    let near = Triangular::new(0.0, 0.0, 2.0).unwrap().into();
    vec![
        Triangular::new(1.0, 2.5, 4.0).unwrap().into(),
        Triangular::new(1.0, 1.0, 4.0).unwrap().into(),
        Uniform::new(-1.0, 4.0).unwrap().into(),
        Pert::new(1.0, 3.5, 4.0, 4.0).unwrap().into(),
        Beta::new(0.3, 700.0, -1.0, 5.0).unwrap().into(),
        Beta::new(300.0, 0.06, 0.0, 1.0).unwrap().into(),
        Gamma::new(0.4, 3.0).unwrap().into(),
        Mixture::new([(0.25, near), (0.75, far)]).unwrap().into(),
        Normal::new(0.0, 2.0).unwrap().into(),
    ]
}

#[test]
fn all_instructions_give_the_same_bits() {
    let sets = Instructions::available();
    let scenarios = [shipped("takeoff"), parse(JSMAA)];
    let run = Run { draws: 20_001, seed: 5, threads: Some(2), ..Run::default() };
    let mut columns = Vec::new();
    let (mut singles, mut summaries) = (Vec::new(), Vec::new());
    with_each_set(|_| {
        let mut drawn = Vec::new();
        for dist in families() {
            let mut column = [0.0; BLOCK];
            Stream::new(3, "some.address").fill(2, &mut column);
            // Beside the usual ones, those that no table has.
            column[..8].copy_from_slice(&[0.0, 1.0, 0.5, 1e-300, 1e-11, 1.0 - 1e-11, 0.25, 0.25 - 1e-17]);
            let one_by_one: Vec<u64> = column.iter().map(|&u| dist.quantile(u).to_bits()).collect();
            dist.quantiles(&mut column);
            assert_eq!(column.map(f64::to_bits)[..], one_by_one, "{dist}");
            // A column need not be a block.
            let mut some = [0.3, 0.7, 0.1];
            dist.quantiles(&mut some);
            assert_eq!(some, [0.3, 0.7, 0.1].map(|u| dist.quantile(u)), "{dist}");
            drawn.extend(one_by_one);
        }
        columns.push(drawn);
        let in_numbers = |arithmetic| {
            let run = Run { arithmetic, ..run };
            scenarios.each_ref().map(|scenario| summarize(scenario, run, Control::none()).order)
        };
        summaries.push([Arithmetic::Single, Arithmetic::Double].map(in_numbers));
        let mut drawn = Vec::new();
        for dist in families() {
            let mut column = [0.0; BLOCK];
            f32::draw(&Stream::new(3, "some.address"), 2, &f32::curve(&dist, 0.0), Store(&mut column));
            drawn.extend(column.map(f32::to_bits));
        }
        singles.push(drawn);
    });
    assert!(columns.iter().all(|drawn| *drawn == columns[0]), "{sets:?}");
    assert!(singles.iter().all(|drawn| *drawn == singles[0]), "{sets:?}");
    assert!(summaries.iter().all(|summary| *summary == summaries[0]), "{sets:?}");
}
