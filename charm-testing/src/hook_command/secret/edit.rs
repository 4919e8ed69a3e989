//! `secret-add` and `secret-set`.

use super::{content, expiry, required};
use crate::hook_command::flags::{self, Flag};
use crate::hook_command::value::Value;
use crate::hook_command::{Call, Failure, Output, Reply};
use crate::model::{RotatePolicy, SecretContent, SecretEdit, View, quoted};

/// The flags that both have.
#[derive(Default)]
struct Options {
    description: Option<String>,
    expire: Option<String>,
    file: Option<String>,
    label: Option<String>,
    owner: Option<String>,
    rotate: Option<String>,
}

impl Options {
    fn parse(args: &[String]) -> Result<(Self, Vec<String>), Failure> {
        let mut options = Self::default();
        let rest = flags::parse(
            args,
            &mut [
                Flag::text(&["description"], &mut options.description),
                Flag::text(&["expire"], &mut options.expire),
                Flag::text(&["file"], &mut options.file),
                Flag::text(&["label"], &mut options.label),
                Flag::text(&["owner"], &mut options.owner),
                Flag::text(&["rotate"], &mut options.rotate),
            ],
        )?;
        // An empty text is as good as none: so nothing can be set back to empty.
        for option in [
            &mut options.description,
            &mut options.expire,
            &mut options.file,
            &mut options.label,
            &mut options.rotate,
        ] {
            option.take_if(|text| text.is_empty());
        }
        Ok((options, rest))
    }

    /// The edit that is asked for, and whether it is for the unit's own secret.
    fn edit(self, args: &[String], view: &View<'_>) -> Result<(SecretEdit, bool), Failure> {
        let model = view.model();
        let expires = self.expire.map(|text| expiry::parse(&text, model.now()));
        let expires = expires.transpose().map_err(Failure::usage)?;
        let rotate = self.rotate.map(|name| {
            let unknown = || Failure::usage(format!("rotate policy {name} not valid", name = quoted(&name)));
            RotatePolicy::from_name(&name).ok_or_else(unknown)
        });
        let rotate = rotate.transpose()?;
        let for_unit = match self.owner.as_deref() {
            None | Some("application") => false,
            Some("unit") => true,
            Some(other) => {
                return Err(Failure::usage(format!("secret owner {other} not valid", other = quoted(other))));
            }
        };
        let content =
            content::content(args, self.file.as_deref(), model.version()).map_err(Failure::usage)?;
        let content = (!content.is_empty()).then_some(content);
        let edit = SecretEdit { content, label: self.label, description: self.description, rotate, expires };
        Ok((edit, for_unit))
    }
}

pub(in crate::hook_command) fn secret_add(view: &mut View<'_>, call: &Call<'_>) -> Reply {
    let (options, args) = Options::parse(call.args)?;
    if args.is_empty() && options.file.is_none() {
        return Err(Failure::usage("missing secret value or filename"));
    }
    let (edit, for_unit) = options.edit(&args, view)?;
    if edit.content.as_ref().is_none_or(SecretContent::is_empty) {
        return Err(Failure::run("empty secret value not valid"));
    }
    let id = view.add_secret(for_unit, edit)?;
    Ok(Output::none().with(Value::text(id.uri())))
}

pub(in crate::hook_command) fn secret_set(view: &mut View<'_>, call: &Call<'_>) -> Reply {
    let (options, args) = Options::parse(call.args)?;
    let id = required(&args)?;
    let (edit, _) = options.edit(&args[1..], view)?;
    view.set_secret(&id, edit)?;
    Ok(Output::none())
}
