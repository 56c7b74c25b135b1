//! The topics of `gatepass help`, which are also sections of the man page.

use clap::{Arg, Command};

use crate::{config::env, exit::Exit};

/// A topic.
#[derive(Clone, Copy)]
pub struct Topic {
    /// The word after `help`.
    pub name: &'static str,
    /// The title of the section in the man page.
    pub title: &'static str,
    /// What the topic describes, as in lists of topics.
    pub summary: &'static str,
    /// Paragraphs before the entries.
    pub text: &'static str,
    /// The entries, of gatepass as a whole.
    pub entries: fn(&Command) -> Vec<Entry>,
}

/// A term and its meaning.
pub type Entry = (String, String);

/// The topic of the global options, which the man page lists among its options.
pub const OPTIONS: &str = "options";

/// Every topic, in the order of the man page.
pub const TOPICS: [Topic; 6] = [
    Topic {
        name: OPTIONS,
        title: "GLOBAL OPTIONS",
        summary: "Options that every command accepts",
        text: "Every command accepts these options, before or after its name. --dry-run is only for commands that make a change.",
        entries: global_options,
    },
    Topic {
        name: "references",
        title: "REFERENCES",
        summary: "How to name a credential, an app or a district",
        text: "Commands that take a REFERENCE find the credential by any of the following. A reference that could mean more than one credential is an error (exit code 4) that lists them.",
        entries: |_| owned(REFERENCES),
    },
    Topic {
        name: "formats",
        title: "OUTPUT FORMATS",
        summary: "Tables, JSON, CSV and single fields",
        text: "Results go to stdout, messages to stderr. The JSON output has published schemas (gatepass schema list), which only gain fields within v1.",
        entries: |_| owned(FORMATS),
    },
    Topic {
        name: "exit-codes",
        title: "EXIT STATUS",
        summary: "The exit codes and their meanings",
        text: "The meaning of an exit code never changes. The man page of a command lists the ones that it can have.",
        entries: |_| owned(&Exit::MEANINGS),
    },
    Topic {
        name: "environment",
        title: "ENVIRONMENT",
        summary: "The environment variables",
        text: "An option overrides a variable, and a variable overrides the configuration file.",
        entries: |_| {
            let variables = env::GATEPASS_VARIABLES.iter().chain(env::EXTERNAL_VARIABLES);
            variables
                .map(|variable| (variable.name.to_owned(), variable.meaning.to_owned()))
                .collect()
        },
    },
    Topic {
        name: "files",
        title: "FILES",
        summary: "The store, its key and the configuration file",
        text: "",
        entries: |_| owned(FILES),
    },
];

const REFERENCES: &[(&str, &str)] = &[
    ("ID", "The id of a credential, such as pc_6dad1146752a50298874ecb2"),
    (
        "BEGINNING OF AN ID",
        "At least four characters after the underscore, such as pc_6dad, if no other id begins with them; commands that end a credential accept it only at a terminal",
    ),
    ("NAME", "The name of an account passcode, or of the app that has a legacy key, in any case"),
    ("EMAIL", "The e-mail address of a user, for the passcode of the user"),
    (
        "APP/DISTRICT",
        "The names or ids of an app and a district, for the token of the app for the district",
    ),
    ("APP", "Where a command takes an app: its id, client id or name"),
    ("DISTRICT", "Where a command takes a district: its id, external id or name"),
    (
        "ACCOUNT",
        "Where a command takes an account: its Account ID, in any case and with or without dashes, or its name",
    ),
    (
        "-",
        "For show, edit, reset, revoke and delete: the references on stdin, one per line; they are changed together or not at all",
    ),
];

const FORMATS: &[(&str, &str)] = &[
    ("--format table", "Columns for people; the default"),
    ("--format json, --json", "One JSON document; errors are JSON too, on stderr"),
    ("--format jsonl", "One JSON object per line"),
    ("--format csv", "Comma-separated values, with a header"),
    ("--field NAME", "One field of the JSON output, as plain text"),
    ("--quiet", "Ids only; check, doctor and audit verify print nothing on success, in any format"),
];

const FILES: &[(&str, &str)] = &[
    ("$XDG_DATA_HOME/gatepass/store.db", "The store; in ~/.local/share if the variable is not set"),
    (
        "$XDG_DATA_HOME/gatepass/store.db-wal, store.db-shm",
        "Recent changes of the store, and an index of them; never delete or copy the store without them",
    ),
    (
        "$XDG_DATA_HOME/gatepass/store.db.version-VERSION-TIME",
        "A copy of an older version of the store, which store migrate keeps",
    ),
    (
        "$XDG_STATE_HOME/gatepass/ID",
        "The newest audit record that this machine has seen of a store; in ~/.local/state if the variable is not set",
    ),
    ("$XDG_CONFIG_HOME/gatepass/key", "The master key; in ~/.config if the variable is not set"),
    ("$CREDENTIALS_DIRECTORY/gatepass-key", "The master key, if a service manager provides it"),
    (
        "$XDG_CONFIG_HOME/gatepass/config.toml",
        "The configuration file, which may set store, key-file, history-mark, account, format, color, allow-private-webhooks and the table serve",
    ),
];

/// Adds the topics to the definition, as subcommands whose help is their text, for a terminal of `width` columns.
pub fn add_topics(root: Command, width: usize) -> Command {
    let topics = TOPICS.map(|topic| {
        let mut text = topic.text.to_owned();
        for (term, meaning) in (topic.entries)(&root) {
            text.push_str(&format!("\n\n  {term}\n          {meaning}"));
        }
        Command::new(topic.name)
            .hide(true)
            .long_about(text)
            .help_template("{about}")
            .term_width(width)
    });
    root.subcommands(topics)
}

fn owned(entries: &[(&'static str, &'static str)]) -> Vec<Entry> {
    entries.iter().map(|(term, meaning)| ((*term).to_owned(), (*meaning).to_owned())).collect()
}

fn global_options(root: &Command) -> Vec<Entry> {
    let options = root.get_arguments().filter(|argument| argument.is_global_set());
    options.map(|option| (option_text(option), help_text(option))).collect()
}

fn option_text(option: &Arg) -> String {
    let short = option.get_short().map(|short| format!("-{short}, ")).unwrap_or_default();
    let value = match option.get_value_names() {
        Some([name]) if option.get_action().takes_values() => format!(" <{name}>"),
        _ => String::new(),
    };
    format!("{short}--{}{value}", option.get_long().unwrap_or_default())
}

fn help_text(option: &Arg) -> String {
    let help = option.get_long_help().or_else(|| option.get_help());
    let values = option.get_possible_values();
    let names: Vec<&str> = values.iter().map(|value| value.get_name()).collect();
    let text = help.map(|help| help.to_string().replace("\n\n", ". ")).unwrap_or_default();
    match option.get_action().takes_values() && !names.is_empty() {
        true => format!("{text}: {}", names.join(", ")),
        false => text,
    }
}
