//! A request of a page and its answer, both JSON. Runs go chunk by chunk: what is asked again goes on from where it was.

use headstart::analysis::RunTally;
use headstart::report::{
    Style, Tornado, levers_svg, matrix_svg, published_json, ranks_svg, scores_svg, tornado_svg, worlds_svg,
};
use headstart::request::{Answer, Error, Format, Found, Prepared, Request, Show, View};
use headstart::{Control, Resume};
use serde::{Deserialize, Serialize};
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

/// Width of texts, as the command line prints them into a file.
const WIDTH: usize = 80;

/// A question of a page.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Ask {
    request: Request,
    /// Forms that the answer is wanted in.
    wants: Vec<Want>,
    /// The number of draws after which a run pauses, to be gone on with when it is asked again; it goes on to the end without.
    #[serde(default)]
    step: Option<u64>,
}

/// A form of an answer.
#[derive(Clone, Copy, Deserialize, Eq, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "kebab-case")]
enum Want {
    Text,
    Json,
    Csv,
    Markdown,
    Html,
    /// The numbers that a page shows, each with its text.
    Screen,
    /// That, and what can be edited.
    Page,
    /// The scenario as it was drawn, as a file.
    Ron,
    /// A picture of the matrix, and so on.
    Matrix,
    Ranks,
    Scores,
    Worlds,
    Levers,
    Tornado,
}

/// An answer, or the reason why there is none.
#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
enum Said {
    Answer {
        /// The forms that were wanted and that there are of it.
        forms: BTreeMap<Want, String>,
        /// Draws that are made, of how many, if there are more to come.
        partial: Option<(u64, u64)>,
        /// Parts that could not be done in full.
        warnings: Vec<String>,
    },
    Refused {
        message: String,
        /// The problems of the scenario, as `check` reports them in JSON.
        problems: Option<String>,
    },
}

/// The beginning of the last run: what it is a run of, its tally, and how many draws that is of.
struct Begun {
    key: String,
    tally: RunTally,
    draws: u64,
}

thread_local! {
    static BEGUN: RefCell<Option<Begun>> = const { RefCell::new(None) };
}

/// Answers a request.
pub fn answer(request: &str) -> String {
    let said = match serde_json::from_str::<Ask>(request) {
        Ok(asked) => asked.answer(),
        Err(why) => Said::Refused { message: format!("the request cannot be read: {why}"), problems: None },
    };
    serde_json::to_string(&said).expect("an answer holds texts and numbers")
}

impl Ask {
    fn answer(self) -> Said {
        let Self { request, wants, step } = self;
        if matches!(request.show, Show::Throughput { .. }) {
            // There is no clock here.
            let message = "a page cannot measure its speed; use headstart bench".to_owned();
            return Said::Refused { message, problems: None };
        }
        let claims = request.claims.join("\n");
        let is_run = matches!(&request.show, Show::Run(how) if how.precision.is_none());
        let answered = request.prepare().and_then(|prepared| {
            let warnings = prepared.warnings().to_vec();
            let answer = match step {
                Some(step) if is_run => go_on(prepared, &claims, step),
                _ => prepared.answer(Control::none()),
            };
            Ok((answer?, warnings))
        });
        match answered {
            Ok((answer, warnings)) => {
                let partial = answer.partial().map(|partial| (partial.done, partial.of));
                let form = |want| Some((want, form(&answer, want)?));
                let forms = wants.into_iter().filter_map(form).collect();
                Said::Answer { forms, partial, warnings }
            }
            Err(why) => Said::refused(&why),
        }
    }
}

impl Said {
    fn refused(why: &Error) -> Self {
        Self::Refused { message: why.to_string(), problems: why.problems_json() }
    }
}

/// Makes the next step of a run, from where the last one ended if that is of the same run.
fn go_on(prepared: Prepared, claims: &str, step: u64) -> Result<Answer, Error> {
    let run = prepared.run();
    let key = format!("{} {} {} {claims}", prepared.scenario().hash(), run.seed, prepared.arithmetic());
    let begun = BEGUN.take().filter(|begun| begun.key == key && begun.draws <= run.draws);
    let step = step.clamp(1, i64::MAX as u64).cast_signed();
    let (stop, drawn, kept) = (AtomicBool::new(false), AtomicU64::new(0), Mutex::new(None));
    let progress = |n| {
        if drawn.fetch_add(n, Ordering::Relaxed).wrapping_add(n).cast_signed() >= step {
            stop.store(true, Ordering::Relaxed);
        }
    };
    let keep = |tally: &RunTally, draws| {
        if let Ok(mut kept) = kept.lock() {
            *kept = Some((tally.clone(), draws));
        }
    };
    let begun = begun.as_ref().map(|begun| (&begun.tally, begun.draws));
    // What was drawn before is told first, and is no part of this step.
    drawn.store(0_u64.wrapping_sub(begun.map_or(0, |(_, draws)| draws)), Ordering::Relaxed);
    let control =
        Control { stop: Some(&stop), progress: Some(&progress), resume: Some(Resume { begun, keep: &keep }) };
    let answer = prepared.answer(control)?;
    if let Ok(Some((tally, draws))) = kept.into_inner() {
        BEGUN.set(Some(Begun { key, tally, draws }));
    }
    Ok(answer)
}

/// The answer in a form; nothing if there is no such form of it.
fn form(answer: &Answer, want: Want) -> Option<String> {
    let scenario = &answer.scenario;
    let format = match want {
        Want::Text => Format::Text,
        Want::Json => Format::Json,
        Want::Csv => Format::Csv,
        Want::Markdown => Format::Markdown,
        Want::Html => Format::Html,
        Want::Screen => Format::Screen,
        Want::Ron => return Some(scenario.to_ron()),
        Want::Page => match &answer.found {
            Found::Run(summary) => return Some(published_json(scenario, summary)),
            _ => return None,
        },
        picture => {
            return match (&answer.found, picture) {
                (Found::Run(summary), Want::Matrix) => Some(matrix_svg(scenario, summary, false)),
                (Found::Run(summary), Want::Ranks) => Some(ranks_svg(scenario, summary)),
                (Found::Run(summary), Want::Scores) => Some(scores_svg(scenario, summary)),
                (Found::Run(summary), Want::Worlds) => worlds_svg(scenario, summary),
                (Found::Levers { compared, .. }, Want::Levers) => {
                    Some(levers_svg(scenario, compared, answer.run))
                }
                (Found::Sensitivity(found), Want::Tornado) => {
                    let tornado = Tornado::of(scenario, found.first()?);
                    Some(tornado_svg(scenario, &tornado, answer.run))
                }
                _ => None,
            };
        }
    };
    let mut out = Vec::new();
    answer.write(&mut out, format, &View::new(Style::plain(WIDTH))).ok()?;
    String::from_utf8(out).ok()
}
