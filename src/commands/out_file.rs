//! The file of `--out`: new, private, written before the commit and gone if there is none.

use std::{
    fs::File,
    io::{self, BufWriter, Write},
    path::{Path, PathBuf},
};

use rustix::io::Errno;
use zeroize::Zeroizing;

use super::error::Failure;
use crate::{
    keys::private,
    ops::{Delivery, Parcel},
    render::csv_text,
};

/// How a secret stands in a file.
pub type Line = fn(&Parcel<'_>, &mut Vec<u8>);

/// A new private file that takes secrets before the commit, and goes away if there is none.
pub struct OutFile {
    path: PathBuf,
    file: BufWriter<File>,
    line: Line,
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
        Err(impossible(path, why.into()))
    }

    /// Makes the file; one that is there already is never touched.
    ///
    /// # Errors
    /// When it is there, or can't be made.
    pub fn create(path: &Path, line: Line) -> anyhow::Result<Self> {
        let file = private::create_private(path).map_err(|error| impossible(path, error))?;
        Ok(Self { path: path.to_owned(), file: BufWriter::new(file), line, is_kept: false })
    }

    /// Writes a line that belongs to no secret.
    ///
    /// # Errors
    /// When it can't be written.
    pub fn heading(&mut self, text: &str) -> io::Result<()> {
        writeln!(self.file, "{text}")
    }

    /// The secrets in it are good from now on.
    pub fn keep(mut self) {
        self.is_kept = true;
    }
}

impl Delivery for OutFile {
    fn is_ahead(&self) -> bool {
        true
    }

    fn take(&mut self, parcel: &Parcel<'_>) -> io::Result<()> {
        let mut bytes = Zeroizing::new(Vec::with_capacity(256));
        (self.line)(parcel, &mut bytes);
        self.file.write_all(&bytes)
    }

    fn settle(&mut self) -> io::Result<()> {
        self.file.flush()?;
        self.file.get_ref().sync_all()?;
        private::sync_parent(&self.path)
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
pub fn impossible(path: &Path, error: io::Error) -> anyhow::Error {
    let name = path.display();
    match error.kind() {
        io::ErrorKind::AlreadyExists => Failure::Conflict {
            message: format!("{name} exists already; a secret never overwrites a file"),
            hint: "give --out another name".to_owned(),
        }
        .into(),
        _ => anyhow::Error::from(error).context(format!("{name} could not be made")),
    }
}

/// The secret alone, and a line ending.
pub fn one_line(parcel: &Parcel<'_>, line: &mut Vec<u8>) {
    line.extend_from_slice(parcel.secret);
    line.push(b'\n');
}

/// The heading of secrets as CSV.
const CSV_HEADING: &str = "id,name,secret,expires_at,app,district";

/// How files of many secrets are written: CSV where the name says so, else one JSON object a line.
pub fn many_lines(path: &Path) -> (Line, Option<&'static str>) {
    match path.extension() {
        Some(extension) if extension.eq_ignore_ascii_case("csv") => (csv_line, Some(CSV_HEADING)),
        _ => (json_line, None),
    }
}

fn csv_line(parcel: &Parcel<'_>, line: &mut Vec<u8>) {
    let end = parcel.ends.map(|end| end.to_string()).unwrap_or_default();
    let (id, name, secret) = (&parcel.id, csv_text(&parcel.name), parcel.secret);
    let mut writer = csv::WriterBuilder::new().from_writer(line);
    // Writing to memory can't fail.
    let [app, district] = [&parcel.names.app, &parcel.names.district]
        .map(|name| csv_text(name.as_deref().unwrap_or_default()));
    let fields = [id.as_bytes(), name.as_bytes(), secret, end.as_bytes()];
    let _written =
        writer.write_record(fields.into_iter().chain([app.as_bytes(), district.as_bytes()]));
}

fn json_line(parcel: &Parcel<'_>, line: &mut Vec<u8>) {
    #[derive(serde::Serialize)]
    struct Secret<'a> {
        schema: &'static str,
        id: &'a str,
        name: &'a str,
        secret: &'a str,
        expires_at: Option<String>,
        app: Option<&'a str>,
        district: Option<&'a str>,
    }
    let secret = Secret {
        schema: "gatepass.secret/v1",
        id: &parcel.id,
        name: &parcel.name,
        secret: std::str::from_utf8(parcel.secret).unwrap_or_default(),
        expires_at: parcel.ends.map(|end| end.to_string()),
        app: parcel.names.app.as_deref(),
        district: parcel.names.district.as_deref(),
    };
    // Writing to memory can't fail.
    let _written = serde_json::to_writer(&mut *line, &secret);
    line.push(b'\n');
}
