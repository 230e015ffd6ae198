//! The JSON form of a scenario, and through it the scenario for every other format that `serde` writes.

use super::Scenario;
use super::read::{self, JsonValue, Syntax, quoted};
use crate::error::Problems;
use serde::de::{Deserialize, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde::ser::{Serialize, SerializeMap, SerializeSeq, Serializer};
use std::fmt;

impl Scenario {
    /// Reads and checks a scenario in JSON; `name` is what messages call the text, usually a path.
    ///
    /// Fields have the names that they have in RON, and what stands in parentheses there stands in braces or brackets. A named value is
    /// an object of one key: `Normal(mean: 5, sd: 1)` is `{"Normal": {"mean": 5, "sd": 1}}`, `Exact(3)` is `{"Exact": 3}`,
    /// `Nth(2, "g")` is `{"Nth": [2, "g"]}`, and `Simplex` is `"Simplex"`.
    ///
    /// ```
    /// use headstart::Scenario;
    ///
    /// let scenario = Scenario::from_json(
    ///     "example.json",
    ///     r#"{
    ///         "title": "Which ripens first?",
    ///         "groups": [{"id": "apples"}, {"id": "pears"}],
    ///         "areas": [{"id": "gala", "group": "apples"}, {"id": "comice", "group": "pears"}],
    ///         "factors": [{
    ///             "id": "warmth", "weight": 1,
    ///             "scores": [{"Normal": {"mean": 6, "sd": 1}}, {"Triangular": {"min": 4, "mode": 5, "max": 9}}]
    ///         }]
    ///     }"#,
    /// )?;
    /// assert_eq!(scenario, Scenario::from_ron("example.ron", &scenario.to_ron())?);
    /// # Ok::<(), headstart::error::Problems>(())
    /// ```
    ///
    /// # Errors
    /// Everything that is wrong with the text, each with its place.
    pub fn from_json(name: &str, text: &str) -> Result<Self, Problems> {
        read::scenario(text, Syntax::Json).map_err(|problems| Problems::new(name, text, problems))
    }

    /// Returns the scenario as JSON, every field in its fixed order. It reads back to an equal scenario.
    #[must_use]
    pub fn to_json(&self) -> String {
        read::ron_to_json(&self.to_ron())
    }
}

/// Writes the JSON form of the scenario.
impl Serialize for Scenario {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let text = self.to_json();
        JsonValue::whole(&text).expect("the JSON form is JSON").serialize(serializer)
    }
}

/// Reads the JSON form of a scenario and checks it; an error has the text of every problem.
impl<'de> Deserialize<'de> for Scenario {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let JsonText(text) = JsonText::deserialize(deserializer)?;
        Self::from_json("the scenario", &text).map_err(D::Error::custom)
    }
}

impl Serialize for JsonValue<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if let Some(items) = self.items() {
            let mut list = serializer.serialize_seq(Some(items.len()))?;
            items.iter().try_for_each(|item| list.serialize_element(item))?;
            return list.end();
        }
        if let Some(entries) = self.entries() {
            let mut map = serializer.serialize_map(Some(entries.len()))?;
            for (key, value) in entries {
                map.serialize_entry(key, value)?;
            }
            return map.end();
        }
        if let Some(text) = self.string() {
            return serializer.serialize_str(text);
        }
        // A negative zero is no whole number.
        match (self.text().parse::<i64>(), self.number()) {
            (Ok(whole), _) if self.text() != "-0" => serializer.serialize_i64(whole),
            (_, Some(number)) => serializer.serialize_f64(number),
            _ => serializer.serialize_unit(),
        }
    }
}

/// The JSON text of any value, with keys that stand in it twice.
struct JsonText(String);

impl<'de> Deserialize<'de> for JsonText {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(JsonTextVisitor)
    }
}

struct JsonTextVisitor;

impl<'de> Visitor<'de> for JsonTextVisitor {
    type Value = JsonText;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a scenario")
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<JsonText, E> {
        Ok(JsonText(value.to_string()))
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<JsonText, E> {
        Ok(JsonText(value.to_string()))
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<JsonText, E> {
        Ok(JsonText(value.to_string()))
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<JsonText, E> {
        if !value.is_finite() {
            return Err(E::custom("a number of a scenario must be finite"));
        }
        Ok(JsonText(value.to_string()))
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<JsonText, E> {
        Ok(JsonText(quoted(value)))
    }

    fn visit_unit<E: Error>(self) -> Result<JsonText, E> {
        Ok(JsonText("null".into()))
    }

    fn visit_none<E: Error>(self) -> Result<JsonText, E> {
        self.visit_unit()
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<JsonText, D::Error> {
        JsonText::deserialize(deserializer)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<JsonText, A::Error> {
        let mut parts = Vec::new();
        while let Some(JsonText(part)) = list.next_element()? {
            parts.push(part);
        }
        Ok(JsonText(format!("[{}]", parts.join(", "))))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<JsonText, A::Error> {
        let mut parts = Vec::new();
        while let Some((key, JsonText(value))) = map.next_entry::<String, JsonText>()? {
            parts.push(format!("{}: {value}", quoted(&key)));
        }
        Ok(JsonText(format!("{{{}}}", parts.join(", "))))
    }
}
