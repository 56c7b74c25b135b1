//! The formats of the files of `--out`.

use std::{borrow::Cow, path::Path};

use crate::{
    domain::directory::name::Email,
    ops::NewSecret,
    render::{csv_text, json_text},
};

/// Appends a secret to the bytes of a file.
pub type LineFormat = fn(&NewSecret<'_>, &mut Vec<u8>);

/// Writes the secret and a line ending.
pub fn secret_line(new: &NewSecret<'_>, line: &mut Vec<u8>) {
    line.extend_from_slice(new.secret);
    line.push(b'\n');
}

/// The heading of a CSV file.
const CSV_HEADING: &str = "id,name,secret,expires_at,app,district";

/// Returns the format of a file of many secrets, and its heading: CSV if the name ends in .csv, else JSON Lines.
pub fn bulk_format(path: &Path) -> (LineFormat, Option<&'static str>) {
    match path.extension() {
        Some(extension) if extension.eq_ignore_ascii_case("csv") => (csv_line, Some(CSV_HEADING)),
        _ => (json_line, None),
    }
}

fn csv_line(new: &NewSecret<'_>, line: &mut Vec<u8>) {
    let end = new.expires_at.map(|end| end.to_string()).unwrap_or_default();
    let (id, name, secret) = (&new.id, name_text(&new.name), new.secret);
    let mut writer = csv::WriterBuilder::new().from_writer(line);
    // Writing to memory can't fail.
    let [app, district] = [&new.names.app, &new.names.district]
        .map(|name| csv_text(name.as_deref().unwrap_or_default()));
    let fields = [id.as_bytes(), name.as_bytes(), secret, end.as_bytes()];
    let _written =
        writer.write_record(fields.into_iter().chain([app.as_bytes(), district.as_bytes()]));
}

/// Returns a name as it is written: an e-mail address unchanged, because a script sends the secret there. It has no quotes
/// and brackets, so as a formula it could not send the secrets beside it anywhere. Other names are neutralized.
fn name_text(name: &str) -> Cow<'_, str> {
    match Email::parse(name) {
        Ok(_) => Cow::Borrowed(name),
        Err(_) => csv_text(name).into(),
    }
}

fn json_line(new: &NewSecret<'_>, line: &mut Vec<u8>) {
    #[derive(serde::Serialize)]
    struct SecretLine<'a> {
        schema: &'static str,
        id: &'a str,
        name: &'a str,
        secret: &'a str,
        expires_at: Option<String>,
        app: Option<&'a str>,
        district: Option<&'a str>,
    }
    let secret = SecretLine {
        schema: "gatepass.secret/v1",
        id: &new.id,
        name: &new.name,
        secret: std::str::from_utf8(new.secret).unwrap_or_default(),
        expires_at: new.expires_at.map(|end| end.to_string()),
        app: new.names.app.as_deref(),
        district: new.names.district.as_deref(),
    };
    line.extend_from_slice(json_text(&secret).as_bytes());
    line.push(b'\n');
}
