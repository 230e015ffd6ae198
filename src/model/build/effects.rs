//! The residuals and the discounts of a model that is being laid out.

use super::{Builder, Number};
use crate::model::affine::Affine;
use crate::model::column::ColumnRef;
use crate::scenario::{Address, JointWorld};

impl Builder<'_> {
    /// The residual of each area.
    pub(super) fn residuals(&mut self) -> Vec<Number> {
        let scenario = self.scenario;
        let Some(residual) = scenario.residual() else {
            return vec![Affine::exact(0.0); scenario.areas().len()];
        };
        let rest = (1.0 - residual.all * residual.all - residual.group * residual.group).max(0.0).sqrt();
        let areas = scenario.areas().iter().map(|area| {
            let group = &scenario.groups()[area.group].id;
            let parts = [
                (residual.all, Address::SharedError("residual".into())),
                (residual.group, Address::SharedError(format!("residual.{group}"))),
                (rest, Address::Residual(area.id.clone())),
            ];
            let parts = parts.into_iter().filter(|(loading, _)| *loading != 0.0);
            let normal = |(loading, address): (f64, Address)| {
                (Affine::bare(ColumnRef::Input(self.latent(&address))), loading * residual.sd)
            };
            let parts: Vec<(Number, f64)> = parts.map(normal).collect();
            self.sum(&parts)
        });
        areas.collect()
    }

    /// The discounts of each area in a world, without those that leave everything.
    pub(super) fn discounts(&mut self, world: &JointWorld) -> Vec<Vec<Number>> {
        let scenario = self.scenario;
        let mut of = vec![Vec::new(); scenario.areas().len()];
        for discount in scenario.discounts() {
            let column = self.value(world, &Address::Discount(discount.id.clone()), &discount.by, None);
            if !column.is_exactly(1.0) {
                for &area in &discount.areas {
                    of[area].push(column);
                }
            }
        }
        of
    }
}
