//! Which columns of a CSV file are read.

use clap::Args;

use super::line_errors::{LineError, LineErrors, excerpt};

/// How the columns of a CSV file are named.
#[derive(Clone, Debug, Default, Args)]
pub struct ColumnArgs {
    /// Read the columns with these headings, and ignore unknown ones
    ///
    /// Takes NAME=HEADING, such as email=Mail, or NAME alone if that is the heading. Separate several with commas. The
    /// case of a heading does not matter.
    #[arg(long, value_name = "NAME=HEADING", requires = "from", value_delimiter = ',')]
    #[arg(value_parser = ColumnName::parse)]
    columns: Vec<ColumnName>,
}

/// A column, and its heading in the file.
#[derive(Clone, Debug, PartialEq, Eq)]
struct ColumnName {
    name: String,
    heading: String,
}

impl ColumnName {
    fn parse(text: &str) -> Result<Self, String> {
        let (name, heading) = text.split_once('=').unwrap_or((text, text));
        match (name.trim(), heading.trim()) {
            ("", _) | (_, "") => Err("use NAME=HEADING, such as email=Mail".to_owned()),
            (name, heading) => Ok(Self { name: name.to_owned(), heading: heading.to_owned() }),
        }
    }
}

/// The columns that a kind of file has.
pub struct ColumnSpec {
    /// Their names.
    pub names: &'static [&'static str],
    /// Those of which a file needs one, in the order of preference.
    pub required: &'static [&'static str],
}

/// The positions of the columns in a file, in the order of [`ColumnSpec::names`].
pub type Positions = Vec<Option<usize>>;

/// Why the headings of a file were rejected.
pub struct HeadingError<'h> {
    line: u64,
    headings: &'h [String],
    spec: &'static ColumnSpec,
}

impl ColumnArgs {
    /// Returns how many of the columns these headings name.
    pub fn count(&self, headings: &[String], spec: &'static ColumnSpec) -> usize {
        spec.names.iter().filter(|name| !self.find(headings, name).is_empty()).count()
    }

    /// Finds the columns by their headings, which are in `line`.
    ///
    /// # Errors
    /// A column that is required, given by an argument or unknown, or that appears twice.
    pub fn locate(
        &self,
        line: u64,
        headings: &[String],
        spec: &'static ColumnSpec,
    ) -> Result<Positions, LineErrors> {
        let error = HeadingError { line, headings, spec };
        if let Some(unknown) = self.columns.iter().find(|one| !spec.names.contains(&&*one.name)) {
            return Err(error.unknown_name(&unknown.name));
        }
        let mut positions = Positions::new();
        for name in spec.names {
            let found = self.find(headings, name);
            if found.len() > 1 {
                return Err(error.repeated(name));
            }
            positions.push(found.first().copied());
        }
        let is_missing = |name: &&str| self.find(headings, name).is_empty();
        if let Some(absent) = self.columns.iter().find(|one| is_missing(&&*one.name)) {
            return Err(error.missing(&absent.heading));
        }
        if spec.required.iter().all(is_missing) {
            return Err(error.missing(&spec.required.join(" or ")));
        }
        let is_unknown = |at: &usize| !positions.contains(&Some(*at)) && !headings[*at].is_empty();
        let unknown: Vec<usize> = (0..headings.len()).filter(is_unknown).collect();
        if self.columns.is_empty() && !unknown.is_empty() {
            return Err(error.unknown(&unknown, &positions));
        }
        Ok(positions)
    }

    /// Returns the positions of the headings of a column.
    fn find(&self, headings: &[String], name: &str) -> Vec<usize> {
        let given = self.columns.iter().find(|one| one.name == name);
        let is_its_own = |heading: &str| match given {
            Some(given) => heading.to_lowercase() == given.heading.to_lowercase(),
            None => letters(heading) == letters(name) && !self.is_taken(heading),
        };
        (0..headings.len()).filter(|at| is_its_own(&headings[*at])).collect()
    }

    /// Whether an argument uses the heading for a column.
    fn is_taken(&self, heading: &str) -> bool {
        self.columns.iter().any(|one| one.heading.to_lowercase() == heading.to_lowercase())
    }
}

/// Returns the letters and digits of a heading, so that `E-Mail` and `External ID` are recognized.
fn letters(heading: &str) -> String {
    heading.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

impl HeadingError<'_> {
    fn unknown_name(&self, name: &str) -> LineErrors {
        let why = format!("--columns has no column {name}; use {}", self.spec.names.join(", "));
        self.error(why, None)
    }

    fn repeated(&self, name: &str) -> LineErrors {
        self.error(format!("the column {name} appears twice"), self.hint(None))
    }

    fn missing(&self, name: &str) -> LineErrors {
        let headings = self.list(self.headings.iter());
        if headings.is_empty() {
            return self.error(format!("no column {name}; the file is empty"), None);
        }
        let first = self.headings.first().filter(|heading| !heading.is_empty());
        let why = format!("no column {name}; the headings are {headings}");
        self.error(why, self.hint(first))
    }

    fn unknown(&self, unknown: &[usize], positions: &Positions) -> LineErrors {
        let plural = if unknown.len() == 1 { "" } else { "s" };
        let names = self.list(unknown.iter().map(|at| &self.headings[*at]));
        let known = self.spec.names.join(", ");
        let why = format!("unknown column{plural} {names}; the columns can be {known}");
        let heading = positions.iter().flatten().next().map(|at| &self.headings[*at]);
        self.error(why, self.hint(heading))
    }

    /// Returns the hint to name the columns; `heading` is that of the example.
    fn hint(&self, heading: Option<&String>) -> Option<String> {
        let name = self.spec.required[0];
        let example = match heading {
            None => format!("{name}=HEADING"),
            Some(heading) if heading == name => name.to_owned(),
            Some(heading) => format!("'{name}={}'", excerpt(heading)),
        };
        Some(format!(
            "--columns names the columns to read and ignores the others, e.g. --columns {example}"
        ))
    }

    fn list<'t>(&self, headings: impl Iterator<Item = &'t String>) -> String {
        let mut text: Vec<String> =
            headings.filter(|heading| !heading.is_empty()).map(|one| excerpt(one)).collect();
        let more = text.len().saturating_sub(MAX_HEADINGS);
        text.truncate(MAX_HEADINGS);
        if more > 0 {
            text.push(format!("and {more} more"));
        }
        text.join(", ")
    }

    fn error(&self, why: String, hint: Option<String>) -> LineErrors {
        LineErrors::one(LineError::new(self.line, why), hint)
    }
}

/// The most headings that a message lists.
const MAX_HEADINGS: usize = 8;
