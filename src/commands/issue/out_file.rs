//! The file of `--out`: new, private, written before the commit and gone if there is none.

use std::{
    fs::File,
    io::{self, BufWriter, Write},
    path::{Path, PathBuf},
};

use rustix::io::Errno;
use zeroize::Zeroizing;

use crate::{
    commands::error::report::CliError,
    keys::secure_fs,
    ops::{NewSecret, SecretSink},
    render::csv_text,
};

/// How a secret stands in a file.
pub type LineFormat = fn(&NewSecret<'_>, &mut Vec<u8>);

/// A new private file that takes secrets before the commit, and goes away if there is none.
pub struct OutFile {
    path: PathBuf,
    file: BufWriter<File>,
    format: LineFormat,
    is_kept: bool,
}

impl OutFile {
    /// Refuses what [`OutFile::create`] will refuse, as far as that can be seen, before a store is made for it.
    ///
    /// # Errors
    /// When something is there, or its directory is not.
    pub fn check(path: &Path) -> anyhow::Result<()> {
        let dir = path.parent().filter(|dir| !dir.as_os_str().is_empty());
        let why = if path.symlink_metadata().is_ok() {
            Errno::EXIST
        } else if dir.is_some_and(|dir| !dir.is_dir()) {
            Errno::NOENT
        } else {
            return Ok(());
        };
        Err(create_error(path, why.into()))
    }

    /// Makes the file; one that is there already is never touched.
    ///
    /// # Errors
    /// When it is there, or can't be made.
    pub fn create(path: &Path, line: LineFormat) -> anyhow::Result<Self> {
        let file =
            secure_fs::create_private_file(path).map_err(|error| create_error(path, error))?;
        Ok(Self { path: path.to_owned(), file: BufWriter::new(file), format: line, is_kept: false })
    }

    /// Writes a line that belongs to no secret.
    ///
    /// # Errors
    /// When it can't be written.
    pub fn write_heading(&mut self, text: &str) -> io::Result<()> {
        writeln!(self.file, "{text}")
    }

    /// The secrets in it are good from now on.
    pub fn keep(mut self) {
        self.is_kept = true;
    }
}

impl SecretSink for OutFile {
    fn is_before_commit(&self) -> bool {
        true
    }

    fn write(&mut self, parcel: &NewSecret<'_>) -> io::Result<()> {
        let mut bytes = Zeroizing::new(Vec::with_capacity(256));
        (self.format)(parcel, &mut bytes);
        self.file.write_all(&bytes)
    }

    fn sync(&mut self) -> io::Result<()> {
        self.file.flush()?;
        self.file.get_ref().sync_all()?;
        secure_fs::sync_parent(&self.path)
    }
}

impl Drop for OutFile {
    fn drop(&mut self) {
        if !self.is_kept {
            // The secrets in it were never committed; a file that stays behind opens nothing.
            let _removed = std::fs::remove_file(&self.path);
        }
    }
}

/// Why a new file for secrets can't be made.
pub fn create_error(path: &Path, error: io::Error) -> anyhow::Error {
    let name = path.display();
    match error.kind() {
        io::ErrorKind::AlreadyExists => CliError::Conflict {
            message: format!("{name} exists already; a secret never overwrites a file"),
            hint: "give --out another name".to_owned(),
        }
        .into(),
        _ => anyhow::Error::from(error).context(format!("{name} could not be made")),
    }
}

/// The secret alone, and a line ending.
pub fn secret_line(parcel: &NewSecret<'_>, line: &mut Vec<u8>) {
    line.extend_from_slice(parcel.secret);
    line.push(b'\n');
}

/// The heading of secrets as CSV.
const CSV_HEADING: &str = "id,name,secret,expires_at,app,district";

/// How files of many secrets are written: CSV where the name says so, else one JSON object a line.
pub fn bulk_format(path: &Path) -> (LineFormat, Option<&'static str>) {
    match path.extension() {
        Some(extension) if extension.eq_ignore_ascii_case("csv") => (csv_line, Some(CSV_HEADING)),
        _ => (json_line, None),
    }
}

fn csv_line(parcel: &NewSecret<'_>, line: &mut Vec<u8>) {
    let end = parcel.expires_at.map(|end| end.to_string()).unwrap_or_default();
    let (id, name, secret) = (&parcel.id, csv_text(&parcel.name), parcel.secret);
    let mut writer = csv::WriterBuilder::new().from_writer(line);
    // Writing to memory can't fail.
    let [app, district] = [&parcel.names.app, &parcel.names.district]
        .map(|name| csv_text(name.as_deref().unwrap_or_default()));
    let fields = [id.as_bytes(), name.as_bytes(), secret, end.as_bytes()];
    let _written =
        writer.write_record(fields.into_iter().chain([app.as_bytes(), district.as_bytes()]));
}

fn json_line(parcel: &NewSecret<'_>, line: &mut Vec<u8>) {
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
        id: &parcel.id,
        name: &parcel.name,
        secret: std::str::from_utf8(parcel.secret).unwrap_or_default(),
        expires_at: parcel.expires_at.map(|end| end.to_string()),
        app: parcel.names.app.as_deref(),
        district: parcel.names.district.as_deref(),
    };
    // Writing to memory can't fail.
    let _written = serde_json::to_writer(&mut *line, &secret);
    line.push(b'\n');
}
