//! The flags of hook commands, with the habits of the parser that Juju uses: flags and arguments mixed, `--` ends
//! flags, `--x v` and `--x=v`, `-x v` and `-xv` (so that `-x=v` means the value `=v`).

use super::Failure;
use super::format::Format;
use super::number;
use crate::model::{parse_bool, quoted};

/// A check of a flag's value, and where it goes.
type Sink<'a> = Box<dyn FnMut(&str) -> Result<(), String> + 'a>;

enum Target<'a> {
    Switch(&'a mut bool),
    Value(Sink<'a>),
}

/// A flag that a command knows.
pub(crate) struct Flag<'a> {
    names: &'static [&'static str],
    target: Target<'a>,
}

impl<'a> Flag<'a> {
    /// A flag without a value, unless one is given with `=`.
    pub(crate) fn switch(names: &'static [&'static str], target: &'a mut bool) -> Self {
        Self { names, target: Target::Switch(target) }
    }

    /// A flag with any text as its value.
    pub(crate) fn text(names: &'static [&'static str], target: &'a mut Option<String>) -> Self {
        Self::value(names, move |text| {
            *target = Some(text.to_owned());
            Ok(())
        })
    }

    /// A flag whose value `sink` checks and keeps.
    pub(crate) fn value(
        names: &'static [&'static str],
        sink: impl FnMut(&str) -> Result<(), String> + 'a,
    ) -> Self {
        Self { names, target: Target::Value(Box::new(sink)) }
    }

    /// A flag with a whole number as its value.
    pub(crate) fn integer(names: &'static [&'static str], target: &'a mut i64) -> Self {
        Self::value(names, move |text| {
            let number = number::integer(text)
                .and_then(|number| i64::try_from(number).map_err(|_| "value out of range"));
            *target = number.map_err(|why| format!("strconv.ParseInt: parsing {}: {why}", quoted(text)))?;
            Ok(())
        })
    }

    /// `--format`, of `choices`.
    pub(crate) fn format(choices: &'static [Format], target: &'a mut Format) -> Self {
        Self::value(&["format"], move |text| {
            let chosen = choices.iter().find(|format| format.name() == text);
            *target = *chosen.ok_or_else(|| format!("unknown format {text}", text = quoted(text)))?;
            Ok(())
        })
    }
}

/// Parses what a command was called with, and returns its arguments without the flags.
pub(crate) fn parse(args: &[String], flags: &mut [Flag<'_>]) -> Result<Vec<String>, Failure> {
    let mut rest = args.iter();
    let mut arguments = Vec::new();
    while let Some(arg) = rest.next() {
        if arg == "--" {
            arguments.extend(rest.by_ref().cloned());
        } else if let Some(long) = arg.strip_prefix("--") {
            if long.starts_with('=') {
                return Err(Failure::usage(format!("empty option in argument {}", quoted(arg))));
            }
            let (name, value) = match long.split_once('=') {
                Some((name, value)) => (name, Some(value)),
                None => (long, None),
            };
            if name == "help" {
                return Err(Failure::Help);
            }
            let flag = find(flags, name)?;
            match (&flag.target, value) {
                (Target::Switch(_), value) => set(flag, name, value.unwrap_or("true"))?,
                (Target::Value(_), Some(value)) => set(flag, name, value)?,
                (Target::Value(_), None) => set(flag, name, following(&mut rest, name)?)?,
            }
        } else if let Some(short) = arg.strip_prefix('-').filter(|short| !short.is_empty()) {
            parse_short(short, &mut rest, flags)?;
        } else {
            arguments.push(arg.clone());
        }
    }
    Ok(arguments)
}

/// One or more flags of one letter: switches, and at last one with the rest as its value.
fn parse_short<'a>(
    letters: &'a str,
    rest: &mut impl Iterator<Item = &'a String>,
    flags: &mut [Flag<'_>],
) -> Result<(), Failure> {
    for (at, letter) in letters.char_indices() {
        let name = &letters[at..at + letter.len_utf8()];
        if name == "h" {
            return Err(Failure::Help);
        }
        let flag = find(flags, name)?;
        let attached = &letters[at + letter.len_utf8()..];
        if matches!(flag.target, Target::Switch(_)) && !attached.starts_with('=') {
            set(flag, name, "true")?;
            continue;
        }
        let value = if attached.is_empty() { following(rest, name)? } else { attached };
        return set(flag, name, value);
    }
    Ok(())
}

fn dashed(name: &str) -> String {
    // A letter of more than one byte is long to Juju's parser.
    if name.len() == 1 { format!("-{name}") } else { format!("--{name}") }
}

fn find<'f, 'a>(flags: &'f mut [Flag<'a>], name: &str) -> Result<&'f mut Flag<'a>, Failure> {
    let found = flags.iter_mut().find(|flag| flag.names.contains(&name));
    found.ok_or_else(|| Failure::usage(format!("option provided but not defined: {}", dashed(name))))
}

fn following<'a>(rest: &mut impl Iterator<Item = &'a String>, name: &str) -> Result<&'a str, Failure> {
    let value = rest.next().map(String::as_str);
    value.ok_or_else(|| Failure::usage(format!("option needs an argument: {}", dashed(name))))
}

fn set(flag: &mut Flag<'_>, name: &str, value: &str) -> Result<(), Failure> {
    let outcome = match &mut flag.target {
        Target::Switch(target) => match parse_bool(value) {
            Some(truth) => {
                **target = truth;
                Ok(())
            }
            None => Err(format!("strconv.ParseBool: parsing {value}: invalid syntax", value = quoted(value))),
        },
        Target::Value(sink) => sink(value),
    };
    outcome.map_err(|error| {
        Failure::usage(format!(
            "invalid value {value} for option {}: {error}",
            dashed(name),
            value = quoted(value)
        ))
    })
}

/// Refuses arguments that a command has no use for.
pub(crate) fn no_more(args: &[String]) -> Result<(), Failure> {
    if args.is_empty() {
        Ok(())
    } else {
        let args: Vec<String> = args.iter().map(|arg| quoted(arg)).collect();
        Err(Failure::usage(format!("unrecognized args: [{}]", args.join(" "))))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Parses as a command with a switch, a number and a format would.
    fn parsed(args: &[&str]) -> Result<(Vec<String>, bool, Option<u32>, Format), String> {
        let args: Vec<String> = args.iter().map(|arg| (*arg).to_owned()).collect();
        let (mut app, mut number, mut format) = (false, None, Format::Smart);
        let mut flags = [
            Flag::switch(&["app"], &mut app),
            Flag::value(&["r", "relation"], |text| {
                number = Some(text.parse().map_err(|_| "invalid relation id".to_owned())?);
                Ok(())
            }),
            Flag::format(Format::ALL, &mut format),
        ];
        let rest = parse(&args, &mut flags).map_err(Failure::message)?;
        drop(flags);
        Ok((rest, app, number, format))
    }

    fn refusal(args: &[&str]) -> String {
        parsed(args).unwrap_err()
    }

    #[test]
    fn flags_and_arguments_mix() {
        let strings = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect::<Vec<_>>();
        let json = Format::Json;
        assert_eq!(parsed(&["-r1"]), Ok((vec![], false, Some(1), Format::Smart)));
        assert_eq!(parsed(&["--relation=1", "-"]), Ok((strings(&["-"]), false, Some(1), Format::Smart)));
        assert_eq!(parsed(&["a", "--format=json"]), Ok((strings(&["a"]), false, None, json)));
        assert_eq!(parsed(&["--app", "--format", "json", "b"]), Ok((strings(&["b"]), true, None, json)));
        assert_eq!(
            parsed(&["--", "-x", "--app"]),
            Ok((strings(&["-x", "--app"]), false, None, Format::Smart))
        );
        assert_eq!(parsed(&["--app=False"]), Ok((vec![], false, None, Format::Smart)));
    }

    #[test]
    fn refusals_have_juju_s_words() {
        assert_eq!(refusal(&["--bogus"]), "option provided but not defined: --bogus");
        assert_eq!(refusal(&["-z"]), "option provided but not defined: -z");
        assert_eq!(refusal(&["-r"]), "option needs an argument: -r");
        assert_eq!(refusal(&["--format"]), "option needs an argument: --format");
        assert_eq!(refusal(&["-r", "xx"]), r#"invalid value "xx" for option -r: invalid relation id"#);
        assert_eq!(refusal(&["-r=1"]), r#"invalid value "=1" for option -r: invalid relation id"#);
        assert_eq!(
            refusal(&["--format", "xml"]),
            r#"invalid value "xml" for option --format: unknown format "xml""#
        );
        assert_eq!(
            refusal(&["--app=maybe"]),
            r#"invalid value "maybe" for option --app: strconv.ParseBool: parsing "maybe": invalid syntax"#
        );
    }

    #[test]
    fn odd_dashes_are_refused_not_fatal() {
        for odd in ["---x", "--=x", "-é", "--é"] {
            assert!(parsed(&[odd]).is_err(), "{odd}");
        }
    }
}
