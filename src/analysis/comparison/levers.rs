//! Levers: what each intervention of a scenario does to its claims, alone, with its spillover, and all together.

use crate::analysis::error::Error;
use crate::scenario::{Lever, Scenario};

/// Every lever of a scenario as the scenario that it makes: alone, and with its spillover if it has one; then all together with
/// all of their spillover, if there are several.
///
/// # Errors
/// A lever whose edits cannot be made.
pub fn lever_scenarios(scenario: &Scenario) -> Result<Vec<(String, Scenario)>, Error> {
    let bare = scenario.bare();
    let with =
        |edits: &[&String]| Ok::<Scenario, Error>(bare.with_edits(edits).map_err(Error::Edit)?.scenario);
    let mut pulled = Vec::new();
    for Lever { name, edits, spillover, .. } in scenario.levers() {
        let (alone, both): (Vec<&String>, Vec<&String>) =
            (edits.iter().collect(), edits.iter().chain(spillover).collect());
        pulled.push((name.clone(), with(&alone)?));
        if !spillover.is_empty() {
            pulled.push((format!("{name}, with its spillover"), with(&both)?));
        }
    }
    if scenario.levers().len() > 1 {
        let all: Vec<&String> =
            scenario.levers().iter().flat_map(|lever| lever.edits.iter().chain(&lever.spillover)).collect();
        pulled.push(("All together, with their spillover".into(), with(&all)?));
    }
    Ok(pulled)
}
