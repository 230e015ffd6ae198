//! The text of an edit: `<address> = <value>`, `+= x` or `*= x`.

/// What an edit does with the number behind it.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Operator {
    /// `=`
    Set,
    /// `+=`
    Add,
    /// `*=`
    Multiply,
}

impl Operator {
    /// Returns what it makes of a number with another one.
    pub fn on(self, old: f64, x: f64) -> f64 {
        match self {
            Self::Set => x,
            Self::Add => old + x,
            Self::Multiply => old * x,
        }
    }
}

/// Splits an edit into its address, its operator and its value.
pub fn split(edit: &str) -> Result<(&str, Operator, &str), String> {
    let form =
        || "expected `<address> = <value>`, `+= <number>`, `*= <number>` or `drop <factor>`".to_owned();
    let at = edit.find('=').ok_or_else(form)?;
    let (before, value) = (&edit[..at], edit[at + 1..].trim());
    if value.is_empty() || value.starts_with('=') {
        return Err(form());
    }
    if value.starts_with("+ ") || value.starts_with('*') {
        let (operator, rest) = value.split_at(1);
        return Err(format!(
            "`={operator}` is not an operator; write `{} {operator}= {}`",
            before.trim(),
            rest.trim()
        ));
    }
    if before.ends_with('-') {
        return Err(format!(
            "`-=` is not supported; write `{} += -{value}`",
            before.trim_end_matches('-').trim()
        ));
    }
    if before.ends_with('/') {
        return Err("`/=` is not supported; multiply by the inverse with `*=`".into());
    }
    let (address, operator) = match (before.strip_suffix('+'), before.strip_suffix('*')) {
        (Some(address), _) => (address, Operator::Add),
        // The star of `weight.* = 1` is no operator: one stands behind a blank or a name.
        (_, Some(address)) if !address.trim_end().ends_with('.') => (address, Operator::Multiply),
        _ => (before, Operator::Set),
    };
    Ok((address.trim(), operator, value))
}

/// As much of a text as a message repeats.
pub fn shortened(text: &str) -> String {
    const MOST: usize = 200;
    match text.char_indices().nth(MOST) {
        Some((at, _)) => format!("{}…", &text[..at]),
        None => text.to_owned(),
    }
}

/// A finite number.
pub fn number(text: &str) -> Result<f64, String> {
    let number: f64 = text.parse().map_err(|_| format!("expected a number, found `{text}`"))?;
    if number.is_finite() { Ok(number) } else { Err(format!("`{text}` is not finite")) }
}
