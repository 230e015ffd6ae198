//! The JSON reports are what their schema says, and nothing besides.

use super::hostile;
use crate::support::binary::output;
use crate::support::{library, load};
use headstart::analysis::{lever_scenarios, summarize};
use headstart::report::{check_schema, compared_schema, json, run_schema, show_schema};
use headstart::sampler::Run;
use headstart::{Control, Scenario};
use serde_json::{Map, Value};

/// What is wrong with a value by a schema, if anything. Knows the keywords that our schemas have, and fails at any other, so that
/// nothing goes unchecked; and takes a field that no schema names for an error, so that nothing is left out of them.
fn check(schema: &Value, value: &Value, root: &Value, at: &str) -> Result<(), String> {
    let Some(schema) = schema.as_object() else { return Ok(()) };
    for (keyword, of) in schema {
        match keyword.as_str() {
            "$schema" | "$comment" | "$defs" | "title" | "description" | "default" => {}
            "format" => assert!(["uint64", "uint32", "uint", "double"].contains(&of.as_str().unwrap())),
            "$ref" => {
                let name = of.as_str().unwrap().strip_prefix("#/$defs/").unwrap();
                check(&root["$defs"][name], value, root, at)?;
            }
            "type" => {
                let types = of.as_array().cloned().unwrap_or_else(|| vec![of.clone()]);
                if !types.iter().any(|wanted| is_a(wanted.as_str().unwrap(), value)) {
                    return Err(format!("{at}: {value} is no {of}"));
                }
            }
            "properties" => fields(of.as_object().unwrap(), schema, value, root, at)?,
            "required" => {
                for field in of.as_array().unwrap() {
                    if value.get(field.as_str().unwrap()).is_none() {
                        return Err(format!("{at} has no {field}"));
                    }
                }
            }
            "additionalProperties" => {
                if schema.get("properties").is_none() {
                    for (key, one) in value.as_object().unwrap() {
                        check(of, one, root, &format!("{at}/{key}"))?;
                    }
                }
            }
            "items" => {
                let start = schema.get("prefixItems").map_or(0, |first| first.as_array().unwrap().len());
                for (n, one) in value.as_array().into_iter().flatten().enumerate().skip(start) {
                    check(of, one, root, &format!("{at}/{n}"))?;
                }
            }
            "prefixItems" => {
                for (n, one) in of.as_array().unwrap().iter().enumerate() {
                    check(one, &value[n], root, &format!("{at}/{n}"))?;
                }
            }
            "minItems" | "maxItems" => {
                let (n, bound) = (value.as_array().unwrap().len() as u64, of.as_u64().unwrap());
                if (keyword == "minItems" && n < bound) || (keyword == "maxItems" && n > bound) {
                    return Err(format!("{at} has {n} items, not {bound}"));
                }
            }
            "minimum" => {
                if value.as_f64().is_some_and(|x| x < of.as_f64().unwrap()) {
                    return Err(format!("{at}: {value} is less than {of}"));
                }
            }
            "anyOf" => {
                if of.as_array().unwrap().iter().all(|one| check(one, value, root, at).is_err()) {
                    return Err(format!("{at} is none of {of}"));
                }
            }
            // A default says what a reader takes where nothing is written, and forbids nothing.
            other => panic!("the judge does not know {other}"),
        }
    }
    Ok(())
}

fn fields(
    known: &Map<String, Value>,
    schema: &Map<String, Value>,
    value: &Value,
    root: &Value,
    at: &str,
) -> Result<(), String> {
    for (key, one) in value.as_object().ok_or_else(|| format!("{at} is no object"))? {
        let place = format!("{at}/{key}");
        let of = known.get(key).or(schema.get("additionalProperties"));
        check(of.ok_or_else(|| format!("{place} is in no schema"))?, one, root, &place)?;
    }
    Ok(())
}

fn is_a(kind: &str, value: &Value) -> bool {
    match kind {
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "boolean" => value.is_boolean(),
        "null" => value.is_null(),
        "integer" => value.is_u64() || value.is_i64(),
        "number" => value.is_number(),
        other => panic!("no type {other}"),
    }
}

fn printed(arguments: &[&str]) -> Value {
    let output = output(arguments);
    serde_json::from_slice(&output.stdout).unwrap_or_else(|error| panic!("{arguments:?}: {error}"))
}

#[test]
fn runs_are_what_the_schema_says() {
    let schema: Value = serde_json::from_str(&run_schema()).unwrap();
    assert_eq!(printed(&["schema"]), schema);
    let mut scenarios: Vec<(String, Scenario)> =
        library().into_iter().map(|name| (name.clone(), load(&name))).collect();
    scenarios.push(("hostile".into(), hostile::scenario()));
    for (name, scenario) in scenarios {
        let summary = summarize(&scenario, Run { draws: 500, ..Run::default() }, Control::none());
        let value: Value = serde_json::from_str(&json(&scenario, &summary)).unwrap();
        check(&schema, &value, &schema, "").unwrap_or_else(|why| panic!("{name}: {why}"));
        if !lever_scenarios(&scenario).unwrap().is_empty() {
            assert!(value["scenario"].as_str().unwrap().contains("levers"));
        }
    }
}

#[test]
fn comparisons_are_what_the_schema_says() {
    let schema: Value = serde_json::from_str(&compared_schema()).unwrap();
    assert_eq!(printed(&["schema", "compared"]), schema);
    for arguments in [
        &["sweep", "scenarios/takeoff.ron", "--vary", "weight.insight = 0..=5", "--points", "3"][..],
        &["levers", "scenarios/takeoff.ron"],
        &["diff", "scenarios/takeoff.ron", "scenarios/takeoff-slow-evals-2.ron"],
    ] {
        let value = printed(&[arguments, &["-n", "500", "--format", "json"]].concat());
        check(&schema, &value, &schema, "").unwrap_or_else(|why| panic!("{arguments:?}: {why}"));
    }
}

#[test]
fn show_and_check_are_what_their_schemas_say() {
    for (command, schema) in [("show", show_schema()), ("check", check_schema())] {
        let schema: Value = serde_json::from_str(&schema).unwrap();
        assert_eq!(printed(&["schema", command]), schema);
        for file in [
            "scenarios/takeoff.ron",
            "scenarios/takeoff-raters.ron",
            "scenarios/wheat.ron",
            "tests/data/hostile.ron",
        ] {
            let value = printed(&[command, file, "--format", "json"]);
            check(&schema, &value, &schema, "").unwrap_or_else(|why| panic!("{command} {file}: {why}"));
        }
    }
    let schema: Value = serde_json::from_str(&check_schema()).unwrap();
    let value = printed(&["check", "scenarios/takeoff-sweeps.ron", "--format", "json"]);
    assert_eq!(value["problems"][0]["code"], "E004");
    check(&schema, &value, &schema, "").unwrap();
}

type Spoil = fn(&mut Value);

/// The judge finds what is wrong.
#[test]
fn the_judge_can_say_no() {
    let schema: Value = serde_json::from_str(&run_schema()).unwrap();
    let value = printed(&["run", "scenarios/wheat.ron", "-n", "500", "--format", "json"]);
    assert_eq!(check(&schema, &value, &schema, ""), Ok(()));
    let spoils: [Spoil; 6] = [
        |value| value["extra"] = 1.into(),
        |value| value["schema"] = "1".into(),
        |value| drop(value.as_object_mut().unwrap().remove("areas")),
        |value| value["before"]["low"][0][1] = "x".into(),
        |value| value["manifest"]["seed"] = (-1).into(),
        |value| value["areas"][0]["overall"]["quantiles"][0] = serde_json::json!([1.0]),
    ];
    for (n, spoil) in spoils.into_iter().enumerate() {
        let mut spoilt = value.clone();
        spoil(&mut spoilt);
        assert!(check(&schema, &spoilt, &schema, "").is_err(), "spoil {n}");
    }
}
