//! What `storage-add` is told: names, and how many of each.

use crate::model::quoted;
use std::collections::BTreeMap;

/// Reads `data` and `data=2`. Pools and sizes are for operators only.
pub(crate) fn parse(args: &[String]) -> Result<BTreeMap<String, u32>, String> {
    let mut wanted = BTreeMap::new();
    for arg in args {
        let mut parts = arg.split('=');
        let (name, directive, rest) = (parts.next().unwrap_or_default(), parts.next(), parts.next());
        if name.is_empty() || rest.is_some() {
            return Err(format!("expected \"name=constraints\" or \"name\", got {arg}", arg = quoted(arg)));
        }
        if wanted.contains_key(name) {
            return Err(format!("storage {name} specified more than once", name = quoted(name)));
        }
        let count = match directive {
            None => 1,
            Some(directive) => count(name, directive)?,
        };
        wanted.insert(name.to_owned(), count);
    }
    Ok(wanted)
}

fn count(name: &str, directive: &str) -> Result<u32, String> {
    let broken =
        |why: String| format!("cannot parse constraints for storage {name}: {why}", name = quoted(name));
    match directive.parse::<u32>() {
        _ if directive.is_empty() => {
            Err(broken("storage constraints require at least one field to be specified".to_owned()))
        }
        Ok(0) => Err(broken(format!(
            "cannot parse count: count must be greater than zero, got {directive}",
            directive = quoted(directive)
        ))),
        Ok(count) => Ok(count),
        Err(_) => Err(format!("only count can be specified for {name}", name = quoted(name))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_directive_is_a_name_and_a_count() {
        let parsed = |args: &[&str]| parse(&args.iter().map(|arg| (*arg).to_owned()).collect::<Vec<_>>());
        let two = BTreeMap::from([("cache".to_owned(), 3), ("data".to_owned(), 1)]);
        assert_eq!(parsed(&["data", "cache=3"]), Ok(two));
        for (arg, error) in [
            ("data=ebs", "only count can be specified for \"data\""),
            ("data=1G", "only count can be specified for \"data\""),
            ("data=1,ebs", "only count can be specified for \"data\""),
            ("=1", "expected \"name=constraints\" or \"name\", got \"=1\""),
            ("a=1=2", "expected \"name=constraints\" or \"name\", got \"a=1=2\""),
        ] {
            assert_eq!(parsed(&[arg]), Err(error.to_owned()), "{arg}");
        }
        assert!(parsed(&["data=0"]).is_err() && parsed(&["data="]).is_err());
        assert_eq!(parsed(&["a", "a=2"]), Err("storage \"a\" specified more than once".to_owned()));
    }
}
