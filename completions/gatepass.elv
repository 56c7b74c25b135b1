
use builtin;
use str;

set edit:completion:arg-completer[gatepass] = {|@words|
    fn spaces {|n|
        builtin:repeat $n ' ' | str:join ''
    }
    fn cand {|text desc|
        edit:complex-candidate $text &display=$text' '(spaces (- 14 (wcswidth $text)))$desc
    }
    var command = 'gatepass'
    for word $words[1..-1] {
        if (str:has-prefix $word '-') {
            break
        }
        set command = $command';'$word
    }
    var completions = [
        &'gatepass'= {
            cand --store 'The store [default: gatepass/store.db in the user''s data directory]'
            cand --key-file 'The file of the master key [default: gatepass/key in the user''s configuration directory]'
            cand --account 'The account to work on, by its Account ID; with several, changes need it'
            cand --format 'How data is written to stdout [default: table]'
            cand --field 'Only this field of the JSON output, as plain text'
            cand --color 'When to use colour [default: auto]'
            cand --json 'Short for --format json'
            cand -q 'Ids only; of check, doctor and audit verify nothing when all is well'
            cand --quiet 'Ids only; of check, doctor and audit verify nothing when all is well'
            cand -y 'Don''t ask, do it'
            cand --yes 'Don''t ask, do it'
            cand -n 'Show what would happen, and change nothing'
            cand --dry-run 'Show what would happen, and change nothing'
            cand --accept-clock 'Believe a clock that is behind the store''s last record'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
            cand create 'Makes an account passcode for one partner and shows its secret once'
            cand list 'Lists credentials'
            cand show 'Shows one credential; never its secret'
            cand edit 'Changes name, note, lifetime, what a token is good for, or the right to introspect; the id and the secret stay'
            cand delete 'Ends credentials at once and takes them off the list; their names and places are free again'
            cand grant-user 'Makes the passcode of one user and shows its secret once, or of many from a CSV file'
            cand grant-app 'Makes the token of an app for a district, and shows its secret once'
            cand reset 'Gives credentials new secrets, shown once; their ids, names and ends stay'
            cand revoke 'Ends credentials at once and keeps them listed as revoked, with who, when and why'
            cand verify 'Tells whose secret it is and whether it is good; the exit code tells, too'
            cand check 'Tells cron and monitoring what has expired and what soon will'
            cand deliver 'Tells apps of their tokens: sends all messages that are due, once, and ends'
            cand serve 'Answers proxies that ask whether a request may pass'
            cand app 'Adds, lists, shows, changes, resets and removes apps'
            cand district 'Adds, lists, shows, changes, connects and removes districts'
            cand legacy 'Leads apps away from the keys that they had before there were tokens'
            cand account 'Lists, shows, adds and changes accounts'
            cand audit 'Lists and verifies the log of changes'
            cand doctor 'Examines store, key and log: every record against its seal, its neighbours and its last audit record'
            cand key 'Copies the master key for escrow, and brings it back'
            cand schema 'Lists and shows the JSON Schemas of the output'
            cand proxy-config 'Prints the configuration of a proxy that asks gatepass serve before each request'
            cand completions 'Prints a completion script for a shell'
            cand man 'Prints the man page of gatepass, or writes the pages of all its subcommands to a directory'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'gatepass;create'= {
            cand --days 'For this many days of 24 hours, 1 to 365'
            cand --until 'Until the end of a date (UTC) or an RFC 3339 instant, within 365 days'
            cand --note 'A free text, shown in lists'
            cand --out 'Write the secret to this new file, readable by you alone, instead of showing it'
            cand --store 'The store [default: gatepass/store.db in the user''s data directory]'
            cand --key-file 'The file of the master key [default: gatepass/key in the user''s configuration directory]'
            cand --account 'The account to work on, by its Account ID; with several, changes need it'
            cand --format 'How data is written to stdout [default: table]'
            cand --field 'Only this field of the JSON output, as plain text'
            cand --color 'When to use colour [default: auto]'
            cand --infinite 'For ten years'
            cand --forever 'Without an end'
            cand --if-missing 'Succeed without a secret when a passcode of that name is good already'
            cand --copy 'Put the secret on the terminal''s clipboard, too'
            cand --json 'Short for --format json'
            cand -q 'Ids only; of check, doctor and audit verify nothing when all is well'
            cand --quiet 'Ids only; of check, doctor and audit verify nothing when all is well'
            cand -y 'Don''t ask, do it'
            cand --yes 'Don''t ask, do it'
            cand -n 'Show what would happen, and change nothing'
            cand --dry-run 'Show what would happen, and change nothing'
            cand --accept-clock 'Believe a clock that is behind the store''s last record'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'gatepass;list'= {
            cand --kind 'Only these kinds: account, user, token, legacy'
            cand --state 'Only in these states: active, expiring, expired, revoked, deleted'
            cand --expiring 'Only what has expired or will within so many days (30 if none are given), and is neither revoked nor deleted'
            cand --unused 'Only what was not used for so many days; what never was counts from when it was made'
            cand --user 'Only the passcodes of this user'
            cand --app 'Only the tokens of this app, and its legacy key: its name, id or client id'
            cand --district 'Only the tokens for this district: its name, id or external id'
            cand --name 'Only names and addresses that fit this pattern, of apps and districts, too: * any text, ? any character, [a-c] one of these'
            cand --sort 'The order of the list'
            cand --limit 'At most so many'
            cand --at 'The list as it will be at the beginning of a date (UTC), or at an RFC 3339 instant'
            cand --store 'The store [default: gatepass/store.db in the user''s data directory]'
            cand --key-file 'The file of the master key [default: gatepass/key in the user''s configuration directory]'
            cand --account 'The account to work on, by its Account ID; with several, changes need it'
            cand --format 'How data is written to stdout [default: table]'
            cand --field 'Only this field of the JSON output, as plain text'
            cand --color 'When to use colour [default: auto]'
            cand --all 'Those that were deleted, too'
            cand --json 'Short for --format json'
            cand -q 'Ids only; of check, doctor and audit verify nothing when all is well'
            cand --quiet 'Ids only; of check, doctor and audit verify nothing when all is well'
            cand -y 'Don''t ask, do it'
            cand --yes 'Don''t ask, do it'
            cand -n 'Show what would happen, and change nothing'
            cand --dry-run 'Show what would happen, and change nothing'
            cand --accept-clock 'Believe a clock that is behind the store''s last record'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'gatepass;show'= {
            cand --store 'The store [default: gatepass/store.db in the user''s data directory]'
            cand --key-file 'The file of the master key [default: gatepass/key in the user''s configuration directory]'
            cand --account 'The account to work on, by its Account ID; with several, changes need it'
            cand --format 'How data is written to stdout [default: table]'
            cand --field 'Only this field of the JSON output, as plain text'
            cand --color 'When to use colour [default: auto]'
            cand --json 'Short for --format json'
            cand -q 'Ids only; of check, doctor and audit verify nothing when all is well'
            cand --quiet 'Ids only; of check, doctor and audit verify nothing when all is well'
            cand -y 'Don''t ask, do it'
            cand --yes 'Don''t ask, do it'
            cand -n 'Show what would happen, and change nothing'
            cand --dry-run 'Show what would happen, and change nothing'
            cand --accept-clock 'Believe a clock that is behind the store''s last record'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'gatepass;edit'= {
            cand --name 'A new name'
            cand --note 'A new note'
            cand --scope 'What a token is good for from now on, all of it; may be given several times, or hold several with spaces or commas'
            cand --limit 'How many requests a minute a token is good for, such as 600/min'
            cand --introspect 'Whether its holder may ask the gate whose secret another one is; only for account passcodes'
            cand --days 'For this many days of 24 hours, 1 to 365'
            cand --until 'Until the end of a date (UTC) or an RFC 3339 instant, within 365 days'
            cand --store 'The store [default: gatepass/store.db in the user''s data directory]'
            cand --key-file 'The file of the master key [default: gatepass/key in the user''s configuration directory]'
            cand --account 'The account to work on, by its Account ID; with several, changes need it'
            cand --format 'How data is written to stdout [default: table]'
            cand --field 'Only this field of the JSON output, as plain text'
            cand --color 'When to use colour [default: auto]'
            cand --no-note 'Take the note away'
            cand --no-limit 'Leave a token''s limit to its app'
            cand --infinite 'For ten years'
            cand --forever 'Without an end'
            cand --json 'Short for --format json'
            cand -q 'Ids only; of check, doctor and audit verify nothing when all is well'
            cand --quiet 'Ids only; of check, doctor and audit verify nothing when all is well'
            cand -y 'Don''t ask, do it'
            cand --yes 'Don''t ask, do it'
            cand -n 'Show what would happen, and change nothing'
            cand --dry-run 'Show what would happen, and change nothing'
            cand --accept-clock 'Believe a clock that is behind the store''s last record'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'gatepass;delete'= {
            cand --older-than 'With --expired, only those that expired at least so long ago, such as 30d'
            cand --store 'The store [default: gatepass/store.db in the user''s data directory]'
            cand --key-file 'The file of the master key [default: gatepass/key in the user''s configuration directory]'
            cand --account 'The account to work on, by its Account ID; with several, changes need it'
            cand --format 'How data is written to stdout [default: table]'
            cand --field 'Only this field of the JSON output, as plain text'
            cand --color 'When to use colour [default: auto]'
            cand --expired 'All that have expired, of every kind'
            cand --json 'Short for --format json'
            cand -q 'Ids only; of check, doctor and audit verify nothing when all is well'
            cand --quiet 'Ids only; of check, doctor and audit verify nothing when all is well'
            cand -y 'Don''t ask, do it'
            cand --yes 'Don''t ask, do it'
            cand -n 'Show what would happen, and change nothing'
            cand --dry-run 'Show what would happen, and change nothing'
            cand --accept-clock 'Believe a clock that is behind the store''s last record'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'gatepass;grant-user'= {
            cand --from 'A CSV file of many users'
            cand --days 'For this many days of 24 hours, 1 to 365'
            cand --until 'Until the end of a date (UTC) or an RFC 3339 instant, within 365 days'
            cand --note 'A free text, shown in lists'
            cand --out 'Write the secret to this new file, readable by you alone, instead of showing it'
            cand --store 'The store [default: gatepass/store.db in the user''s data directory]'
            cand --key-file 'The file of the master key [default: gatepass/key in the user''s configuration directory]'
            cand --account 'The account to work on, by its Account ID; with several, changes need it'
            cand --format 'How data is written to stdout [default: table]'
            cand --field 'Only this field of the JSON output, as plain text'
            cand --color 'When to use colour [default: auto]'
            cand --infinite 'For ten years'
            cand --copy 'Put the secret on the terminal''s clipboard, too'
            cand --json 'Short for --format json'
            cand -q 'Ids only; of check, doctor and audit verify nothing when all is well'
            cand --quiet 'Ids only; of check, doctor and audit verify nothing when all is well'
            cand -y 'Don''t ask, do it'
            cand --yes 'Don''t ask, do it'
            cand -n 'Show what would happen, and change nothing'
            cand --dry-run 'Show what would happen, and change nothing'
            cand --accept-clock 'Believe a clock that is behind the store''s last record'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'gatepass;grant-app'= {
            cand --district 'The district: its name, id or external id'
            cand --scope 'What is shared, such as read:students; may be given several times, or hold several with spaces or commas'
            cand --limit 'How many requests a minute a token is good for, such as 600/min, where that is not what its app says'
            cand --days 'For this many days of 24 hours, 1 to 365'
            cand --until 'Until the end of a date (UTC) or an RFC 3339 instant, within 365 days'
            cand --note 'A free text, shown in lists'
            cand --out 'Write the secret to this new file, readable by you alone, instead of showing it'
            cand --store 'The store [default: gatepass/store.db in the user''s data directory]'
            cand --key-file 'The file of the master key [default: gatepass/key in the user''s configuration directory]'
            cand --account 'The account to work on, by its Account ID; with several, changes need it'
            cand --format 'How data is written to stdout [default: table]'
            cand --field 'Only this field of the JSON output, as plain text'
            cand --color 'When to use colour [default: auto]'
            cand --infinite 'For ten years'
            cand --forever 'Without an end'
            cand --pickup 'Make no secret: the app makes it when it first asks for it, and nobody else sees it'
            cand --copy 'Put the secret on the terminal''s clipboard, too'
            cand --json 'Short for --format json'
            cand -q 'Ids only; of check, doctor and audit verify nothing when all is well'
            cand --quiet 'Ids only; of check, doctor and audit verify nothing when all is well'
            cand -y 'Don''t ask, do it'
            cand --yes 'Don''t ask, do it'
            cand -n 'Show what would happen, and change nothing'
            cand --dry-run 'Show what would happen, and change nothing'
            cand --accept-clock 'Believe a clock that is behind the store''s last record'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'gatepass;reset'= {
            cand --overlap 'Let the old secret live on so long, such as 12h, 7d or 2w'
            cand --days 'For this many days of 24 hours, 1 to 365'
            cand --until 'Until the end of a date (UTC) or an RFC 3339 instant, within 365 days'
            cand --out 'Write the secret to this new file, readable by you alone, instead of showing it'
            cand --store 'The store [default: gatepass/store.db in the user''s data directory]'
            cand --key-file 'The file of the master key [default: gatepass/key in the user''s configuration directory]'
            cand --account 'The account to work on, by its Account ID; with several, changes need it'
            cand --format 'How data is written to stdout [default: table]'
            cand --field 'Only this field of the JSON output, as plain text'
            cand --color 'When to use colour [default: auto]'
            cand --until-used 'Let the old secret live on until the new one is used, or as long as --overlap says'
            cand --infinite 'For ten years'
            cand --forever 'Without an end'
            cand --copy 'Put the secret on the terminal''s clipboard, too'
            cand --json 'Short for --format json'
            cand -q 'Ids only; of check, doctor and audit verify nothing when all is well'
            cand --quiet 'Ids only; of check, doctor and audit verify nothing when all is well'
            cand -y 'Don''t ask, do it'
            cand --yes 'Don''t ask, do it'
            cand -n 'Show what would happen, and change nothing'
            cand --dry-run 'Show what would happen, and change nothing'
            cand --accept-clock 'Believe a clock that is behind the store''s last record'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'gatepass;revoke'= {
            cand --reason 'Why: key-compromise, superseded, no-longer-needed or privilege-withdrawn'
            cand --store 'The store [default: gatepass/store.db in the user''s data directory]'
            cand --key-file 'The file of the master key [default: gatepass/key in the user''s configuration directory]'
            cand --account 'The account to work on, by its Account ID; with several, changes need it'
            cand --format 'How data is written to stdout [default: table]'
            cand --field 'Only this field of the JSON output, as plain text'
            cand --color 'When to use colour [default: auto]'
            cand --json 'Short for --format json'
            cand -q 'Ids only; of check, doctor and audit verify nothing when all is well'
            cand --quiet 'Ids only; of check, doctor and audit verify nothing when all is well'
            cand -y 'Don''t ask, do it'
            cand --yes 'Don''t ask, do it'
            cand -n 'Show what would happen, and change nothing'
            cand --dry-run 'Show what would happen, and change nothing'
            cand --accept-clock 'Believe a clock that is behind the store''s last record'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'gatepass;verify'= {
            cand --scope 'Demand this scope, such as read:students; may be given several times, or hold several with spaces or commas'
            cand --district 'Demand that it is good for this district: its name, id or external id'
            cand --app 'Demand that it belongs to this app: its name, id or client id'
            cand --region 'Decide for the API of this region: eu1, in1, sg1, us1, aps3 or mec1'
            cand --store 'The store [default: gatepass/store.db in the user''s data directory]'
            cand --key-file 'The file of the master key [default: gatepass/key in the user''s configuration directory]'
            cand --account 'The account to work on, by its Account ID; with several, changes need it'
            cand --format 'How data is written to stdout [default: table]'
            cand --field 'Only this field of the JSON output, as plain text'
            cand --color 'When to use colour [default: auto]'
            cand --headers 'Read the header lines of one request, or the output of curl -v'
            cand --legacy 'Read a key of old, from before there were tokens'
            cand --json 'Short for --format json'
            cand -q 'Ids only; of check, doctor and audit verify nothing when all is well'
            cand --quiet 'Ids only; of check, doctor and audit verify nothing when all is well'
            cand -y 'Don''t ask, do it'
            cand --yes 'Don''t ask, do it'
            cand -n 'Show what would happen, and change nothing'
            cand --dry-run 'Show what would happen, and change nothing'
            cand --accept-clock 'Believe a clock that is behind the store''s last record'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'gatepass;check'= {
            cand --warn 'Warn of what expires within so many days'
            cand --crit 'Call critical what expires within so many days, or has expired'
            cand --store 'The store [default: gatepass/store.db in the user''s data directory]'
            cand --key-file 'The file of the master key [default: gatepass/key in the user''s configuration directory]'
            cand --account 'The account to work on, by its Account ID; with several, changes need it'
            cand --format 'How data is written to stdout [default: table]'
            cand --field 'Only this field of the JSON output, as plain text'
            cand --color 'When to use colour [default: auto]'
            cand --json 'Short for --format json'
            cand -q 'Ids only; of check, doctor and audit verify nothing when all is well'
            cand --quiet 'Ids only; of check, doctor and audit verify nothing when all is well'
            cand -y 'Don''t ask, do it'
            cand --yes 'Don''t ask, do it'
            cand -n 'Show what would happen, and change nothing'
            cand --dry-run 'Show what would happen, and change nothing'
            cand --accept-clock 'Believe a clock that is behind the store''s last record'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'gatepass;deliver'= {
            cand --store 'The store [default: gatepass/store.db in the user''s data directory]'
            cand --key-file 'The file of the master key [default: gatepass/key in the user''s configuration directory]'
            cand --account 'The account to work on, by its Account ID; with several, changes need it'
            cand --format 'How data is written to stdout [default: table]'
            cand --field 'Only this field of the JSON output, as plain text'
            cand --color 'When to use colour [default: auto]'
            cand --allow-private-webhooks 'Tell apps at private addresses, too, and over http'
            cand --json 'Short for --format json'
            cand -q 'Ids only; of check, doctor and audit verify nothing when all is well'
            cand --quiet 'Ids only; of check, doctor and audit verify nothing when all is well'
            cand -y 'Don''t ask, do it'
            cand --yes 'Don''t ask, do it'
            cand -n 'Show what would happen, and change nothing'
            cand --dry-run 'Show what would happen, and change nothing'
            cand --accept-clock 'Believe a clock that is behind the store''s last record'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'gatepass;serve'= {
            cand --listen 'Where to listen: HOST:PORT or unix:PATH [default: 127.0.0.1:8710]'
            cand --ops-listen 'Where to answer /healthz, /readyz and /metrics [default: 127.0.0.1:8711]'
            cand --region 'The region of the API: credentials of accounts elsewhere are refused'
            cand --trusted-proxy 'A network, or unix, whose X-Forwarded-* headers are believed; can be given several times'
            cand --profile 'The statuses to send: exact (200, 401, 403, 503), or full (429 and 410 as well) [default: exact]'
            cand --workers 'How many threads answer [default: one for each core]'
            cand --max-stale 'For how many seconds to answer from memory when the store is out of reach; 0 forbids it [default: 1]'
            cand --store 'The store [default: gatepass/store.db in the user''s data directory]'
            cand --key-file 'The file of the master key [default: gatepass/key in the user''s configuration directory]'
            cand --account 'The account to work on, by its Account ID; with several, changes need it'
            cand --format 'How data is written to stdout [default: table]'
            cand --field 'Only this field of the JSON output, as plain text'
            cand --color 'When to use colour [default: auto]'
            cand --log-allowed 'Log what passes, too'
            cand --allow-remote 'Listen to other machines: secrets then cross the network as they are, unless a tunnel hides them'
            cand --no-deliver 'Leave it to `gatepass deliver` to tell apps of their tokens'
            cand --allow-private-webhooks 'Tell apps at private addresses, too, and over http'
            cand --json 'Short for --format json'
            cand -q 'Ids only; of check, doctor and audit verify nothing when all is well'
            cand --quiet 'Ids only; of check, doctor and audit verify nothing when all is well'
            cand -y 'Don''t ask, do it'
            cand --yes 'Don''t ask, do it'
            cand -n 'Show what would happen, and change nothing'
            cand --dry-run 'Show what would happen, and change nothing'
            cand --accept-clock 'Believe a clock that is behind the store''s last record'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'gatepass;app'= {
            cand --store 'The store [default: gatepass/store.db in the user''s data directory]'
            cand --key-file 'The file of the master key [default: gatepass/key in the user''s configuration directory]'
            cand --account 'The account to work on, by its Account ID; with several, changes need it'
            cand --format 'How data is written to stdout [default: table]'
            cand --field 'Only this field of the JSON output, as plain text'
            cand --color 'When to use colour [default: auto]'
            cand --json 'Short for --format json'
            cand -q 'Ids only; of check, doctor and audit verify nothing when all is well'
            cand --quiet 'Ids only; of check, doctor and audit verify nothing when all is well'
            cand -y 'Don''t ask, do it'
            cand --yes 'Don''t ask, do it'
            cand -n 'Show what would happen, and change nothing'
            cand --dry-run 'Show what would happen, and change nothing'
            cand --accept-clock 'Believe a clock that is behind the store''s last record'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
            cand add 'Adds an app and shows its client secret once'
            cand list 'Lists apps'
            cand show 'Shows one app; never its client secret'
            cand edit 'Changes an app; its ids and its client secret stay'
            cand reset 'Gives an app a new client secret, shown once'
            cand remove 'Removes an app; its name is free again'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'gatepass;app;add'= {
            cand --limit 'How many requests a minute each of its tokens is good for'
            cand --legacy-key-file 'Import the key that the app has had so far from this file; - is stdin, or a question at a terminal'
            cand --out 'Write the secret to this new file, readable by you alone, instead of showing it'
            cand --store 'The store [default: gatepass/store.db in the user''s data directory]'
            cand --key-file 'The file of the master key [default: gatepass/key in the user''s configuration directory]'
            cand --account 'The account to work on, by its Account ID; with several, changes need it'
            cand --format 'How data is written to stdout [default: table]'
            cand --field 'Only this field of the JSON output, as plain text'
            cand --color 'When to use colour [default: auto]'
            cand --allow-weak 'Import it even if it can be guessed (less than 112 bits)'
            cand --copy 'Put the secret on the terminal''s clipboard, too'
            cand --json 'Short for --format json'
            cand -q 'Ids only; of check, doctor and audit verify nothing when all is well'
            cand --quiet 'Ids only; of check, doctor and audit verify nothing when all is well'
            cand -y 'Don''t ask, do it'
            cand --yes 'Don''t ask, do it'
            cand -n 'Show what would happen, and change nothing'
            cand --dry-run 'Show what would happen, and change nothing'
            cand --accept-clock 'Believe a clock that is behind the store''s last record'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'gatepass;app;list'= {
            cand --store 'The store [default: gatepass/store.db in the user''s data directory]'
            cand --key-file 'The file of the master key [default: gatepass/key in the user''s configuration directory]'
            cand --account 'The account to work on, by its Account ID; with several, changes need it'
            cand --format 'How data is written to stdout [default: table]'
            cand --field 'Only this field of the JSON output, as plain text'
            cand --color 'When to use colour [default: auto]'
            cand --all 'Those that were removed, too'
            cand --json 'Short for --format json'
            cand -q 'Ids only; of check, doctor and audit verify nothing when all is well'
            cand --quiet 'Ids only; of check, doctor and audit verify nothing when all is well'
            cand -y 'Don''t ask, do it'
            cand --yes 'Don''t ask, do it'
            cand -n 'Show what would happen, and change nothing'
            cand --dry-run 'Show what would happen, and change nothing'
            cand --accept-clock 'Believe a clock that is behind the store''s last record'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'gatepass;app;show'= {
            cand --store 'The store [default: gatepass/store.db in the user''s data directory]'
            cand --key-file 'The file of the master key [default: gatepass/key in the user''s configuration directory]'
            cand --account 'The account to work on, by its Account ID; with several, changes need it'
            cand --format 'How data is written to stdout [default: table]'
            cand --field 'Only this field of the JSON output, as plain text'
            cand --color 'When to use colour [default: auto]'
            cand --json 'Short for --format json'
            cand -q 'Ids only; of check, doctor and audit verify nothing when all is well'
            cand --quiet 'Ids only; of check, doctor and audit verify nothing when all is well'
            cand -y 'Don''t ask, do it'
            cand --yes 'Don''t ask, do it'
            cand -n 'Show what would happen, and change nothing'
            cand --dry-run 'Show what would happen, and change nothing'
            cand --accept-clock 'Believe a clock that is behind the store''s last record'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'gatepass;app;edit'= {
            cand --name 'A new name'
            cand --limit 'How many requests a minute each of its tokens is good for, such as 200/min'
            cand --legacy-key-file 'Import the key that the app has had so far from this file; - is stdin, or a question at a terminal'
            cand --webhook 'Tell it of its tokens at this https URL; the key that signs the messages is shown once'
            cand --out 'Write the secret to this new file, readable by you alone, instead of showing it'
            cand --store 'The store [default: gatepass/store.db in the user''s data directory]'
            cand --key-file 'The file of the master key [default: gatepass/key in the user''s configuration directory]'
            cand --account 'The account to work on, by its Account ID; with several, changes need it'
            cand --format 'How data is written to stdout [default: table]'
            cand --field 'Only this field of the JSON output, as plain text'
            cand --color 'When to use colour [default: auto]'
            cand --allow-weak 'Import it even if it can be guessed (less than 112 bits)'
            cand --no-webhook 'Tell it nothing any more'
            cand --rotate-webhook-key 'Sign what it is told with a new key, shown once; the old one ends at once'
            cand --allow-private-webhooks 'Let the URL lead to a private address, or begin with http'
            cand --copy 'Put the secret on the terminal''s clipboard, too'
            cand --json 'Short for --format json'
            cand -q 'Ids only; of check, doctor and audit verify nothing when all is well'
            cand --quiet 'Ids only; of check, doctor and audit verify nothing when all is well'
            cand -y 'Don''t ask, do it'
            cand --yes 'Don''t ask, do it'
            cand -n 'Show what would happen, and change nothing'
            cand --dry-run 'Show what would happen, and change nothing'
            cand --accept-clock 'Believe a clock that is behind the store''s last record'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'gatepass;app;reset'= {
            cand --overlap 'Let the old client secret live on so long, such as 12h, 7d or 2w'
            cand --out 'Write the secret to this new file, readable by you alone, instead of showing it'
            cand --store 'The store [default: gatepass/store.db in the user''s data directory]'
            cand --key-file 'The file of the master key [default: gatepass/key in the user''s configuration directory]'
            cand --account 'The account to work on, by its Account ID; with several, changes need it'
            cand --format 'How data is written to stdout [default: table]'
            cand --field 'Only this field of the JSON output, as plain text'
            cand --color 'When to use colour [default: auto]'
            cand --copy 'Put the secret on the terminal''s clipboard, too'
            cand --json 'Short for --format json'
            cand -q 'Ids only; of check, doctor and audit verify nothing when all is well'
            cand --quiet 'Ids only; of check, doctor and audit verify nothing when all is well'
            cand -y 'Don''t ask, do it'
            cand --yes 'Don''t ask, do it'
            cand -n 'Show what would happen, and change nothing'
            cand --dry-run 'Show what would happen, and change nothing'
            cand --accept-clock 'Believe a clock that is behind the store''s last record'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'gatepass;app;remove'= {
            cand --store 'The store [default: gatepass/store.db in the user''s data directory]'
            cand --key-file 'The file of the master key [default: gatepass/key in the user''s configuration directory]'
            cand --account 'The account to work on, by its Account ID; with several, changes need it'
            cand --format 'How data is written to stdout [default: table]'
            cand --field 'Only this field of the JSON output, as plain text'
            cand --color 'When to use colour [default: auto]'
            cand --revoke-tokens 'Revoke what of its tokens is live, and its legacy key'
            cand --json 'Short for --format json'
            cand -q 'Ids only; of check, doctor and audit verify nothing when all is well'
            cand --quiet 'Ids only; of check, doctor and audit verify nothing when all is well'
            cand -y 'Don''t ask, do it'
            cand --yes 'Don''t ask, do it'
            cand -n 'Show what would happen, and change nothing'
            cand --dry-run 'Show what would happen, and change nothing'
            cand --accept-clock 'Believe a clock that is behind the store''s last record'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'gatepass;app;help'= {
            cand add 'Adds an app and shows its client secret once'
            cand list 'Lists apps'
            cand show 'Shows one app; never its client secret'
            cand edit 'Changes an app; its ids and its client secret stay'
            cand reset 'Gives an app a new client secret, shown once'
            cand remove 'Removes an app; its name is free again'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'gatepass;app;help;add'= {
        }
        &'gatepass;app;help;list'= {
        }
        &'gatepass;app;help;show'= {
        }
        &'gatepass;app;help;edit'= {
        }
        &'gatepass;app;help;reset'= {
        }
        &'gatepass;app;help;remove'= {
        }
        &'gatepass;app;help;help'= {
        }
        &'gatepass;district'= {
            cand --store 'The store [default: gatepass/store.db in the user''s data directory]'
            cand --key-file 'The file of the master key [default: gatepass/key in the user''s configuration directory]'
            cand --account 'The account to work on, by its Account ID; with several, changes need it'
            cand --format 'How data is written to stdout [default: table]'
            cand --field 'Only this field of the JSON output, as plain text'
            cand --color 'When to use colour [default: auto]'
            cand --json 'Short for --format json'
            cand -q 'Ids only; of check, doctor and audit verify nothing when all is well'
            cand --quiet 'Ids only; of check, doctor and audit verify nothing when all is well'
            cand -y 'Don''t ask, do it'
            cand --yes 'Don''t ask, do it'
            cand -n 'Show what would happen, and change nothing'
            cand --dry-run 'Show what would happen, and change nothing'
            cand --accept-clock 'Believe a clock that is behind the store''s last record'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
            cand add 'Adds a district'
            cand list 'Lists districts'
            cand show 'Shows one district'
            cand edit 'Changes a district; its id stays'
            cand remove 'Removes a district; its name and external id are free again'
            cand connect 'Makes the tokens of several apps for a district, or for many from a CSV file, all or none'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'gatepass;district;add'= {
            cand --external-id 'What another system calls it, such as its number there'
            cand --store 'The store [default: gatepass/store.db in the user''s data directory]'
            cand --key-file 'The file of the master key [default: gatepass/key in the user''s configuration directory]'
            cand --account 'The account to work on, by its Account ID; with several, changes need it'
            cand --format 'How data is written to stdout [default: table]'
            cand --field 'Only this field of the JSON output, as plain text'
            cand --color 'When to use colour [default: auto]'
            cand --json 'Short for --format json'
            cand -q 'Ids only; of check, doctor and audit verify nothing when all is well'
            cand --quiet 'Ids only; of check, doctor and audit verify nothing when all is well'
            cand -y 'Don''t ask, do it'
            cand --yes 'Don''t ask, do it'
            cand -n 'Show what would happen, and change nothing'
            cand --dry-run 'Show what would happen, and change nothing'
            cand --accept-clock 'Believe a clock that is behind the store''s last record'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'gatepass;district;list'= {
            cand --store 'The store [default: gatepass/store.db in the user''s data directory]'
            cand --key-file 'The file of the master key [default: gatepass/key in the user''s configuration directory]'
            cand --account 'The account to work on, by its Account ID; with several, changes need it'
            cand --format 'How data is written to stdout [default: table]'
            cand --field 'Only this field of the JSON output, as plain text'
            cand --color 'When to use colour [default: auto]'
            cand --all 'Those that were removed, too'
            cand --json 'Short for --format json'
            cand -q 'Ids only; of check, doctor and audit verify nothing when all is well'
            cand --quiet 'Ids only; of check, doctor and audit verify nothing when all is well'
            cand -y 'Don''t ask, do it'
            cand --yes 'Don''t ask, do it'
            cand -n 'Show what would happen, and change nothing'
            cand --dry-run 'Show what would happen, and change nothing'
            cand --accept-clock 'Believe a clock that is behind the store''s last record'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'gatepass;district;show'= {
            cand --store 'The store [default: gatepass/store.db in the user''s data directory]'
            cand --key-file 'The file of the master key [default: gatepass/key in the user''s configuration directory]'
            cand --account 'The account to work on, by its Account ID; with several, changes need it'
            cand --format 'How data is written to stdout [default: table]'
            cand --field 'Only this field of the JSON output, as plain text'
            cand --color 'When to use colour [default: auto]'
            cand --json 'Short for --format json'
            cand -q 'Ids only; of check, doctor and audit verify nothing when all is well'
            cand --quiet 'Ids only; of check, doctor and audit verify nothing when all is well'
            cand -y 'Don''t ask, do it'
            cand --yes 'Don''t ask, do it'
            cand -n 'Show what would happen, and change nothing'
            cand --dry-run 'Show what would happen, and change nothing'
            cand --accept-clock 'Believe a clock that is behind the store''s last record'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'gatepass;district;edit'= {
            cand --name 'A new name'
            cand --external-id 'What another system calls it'
            cand --store 'The store [default: gatepass/store.db in the user''s data directory]'
            cand --key-file 'The file of the master key [default: gatepass/key in the user''s configuration directory]'
            cand --account 'The account to work on, by its Account ID; with several, changes need it'
            cand --format 'How data is written to stdout [default: table]'
            cand --field 'Only this field of the JSON output, as plain text'
            cand --color 'When to use colour [default: auto]'
            cand --no-external-id 'Take the external id away'
            cand --json 'Short for --format json'
            cand -q 'Ids only; of check, doctor and audit verify nothing when all is well'
            cand --quiet 'Ids only; of check, doctor and audit verify nothing when all is well'
            cand -y 'Don''t ask, do it'
            cand --yes 'Don''t ask, do it'
            cand -n 'Show what would happen, and change nothing'
            cand --dry-run 'Show what would happen, and change nothing'
            cand --accept-clock 'Believe a clock that is behind the store''s last record'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'gatepass;district;remove'= {
            cand --store 'The store [default: gatepass/store.db in the user''s data directory]'
            cand --key-file 'The file of the master key [default: gatepass/key in the user''s configuration directory]'
            cand --account 'The account to work on, by its Account ID; with several, changes need it'
            cand --format 'How data is written to stdout [default: table]'
            cand --field 'Only this field of the JSON output, as plain text'
            cand --color 'When to use colour [default: auto]'
            cand --revoke-tokens 'Revoke what of its tokens is live'
            cand --json 'Short for --format json'
            cand -q 'Ids only; of check, doctor and audit verify nothing when all is well'
            cand --quiet 'Ids only; of check, doctor and audit verify nothing when all is well'
            cand -y 'Don''t ask, do it'
            cand --yes 'Don''t ask, do it'
            cand -n 'Show what would happen, and change nothing'
            cand --dry-run 'Show what would happen, and change nothing'
            cand --accept-clock 'Believe a clock that is behind the store''s last record'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'gatepass;district;connect'= {
            cand --from 'A CSV file of many districts'
            cand --app 'An app that it is shared with: its name, id or client id; may be given several times'
            cand --scope 'What is shared, such as read:students; may be given several times, or hold several with spaces or commas'
            cand --limit 'How many requests a minute a token is good for, such as 600/min, where that is not what its app says'
            cand --days 'For this many days of 24 hours, 1 to 365'
            cand --until 'Until the end of a date (UTC) or an RFC 3339 instant, within 365 days'
            cand --out 'Write the secret to this new file, readable by you alone, instead of showing it'
            cand --store 'The store [default: gatepass/store.db in the user''s data directory]'
            cand --key-file 'The file of the master key [default: gatepass/key in the user''s configuration directory]'
            cand --account 'The account to work on, by its Account ID; with several, changes need it'
            cand --format 'How data is written to stdout [default: table]'
            cand --field 'Only this field of the JSON output, as plain text'
            cand --color 'When to use colour [default: auto]'
            cand --infinite 'For ten years'
            cand --forever 'Without an end'
            cand --pickup 'Make no secrets: each app makes its own when it first asks for it, and nobody else sees it'
            cand --copy 'Put the secret on the terminal''s clipboard, too'
            cand --json 'Short for --format json'
            cand -q 'Ids only; of check, doctor and audit verify nothing when all is well'
            cand --quiet 'Ids only; of check, doctor and audit verify nothing when all is well'
            cand -y 'Don''t ask, do it'
            cand --yes 'Don''t ask, do it'
            cand -n 'Show what would happen, and change nothing'
            cand --dry-run 'Show what would happen, and change nothing'
            cand --accept-clock 'Believe a clock that is behind the store''s last record'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'gatepass;district;help'= {
            cand add 'Adds a district'
            cand list 'Lists districts'
            cand show 'Shows one district'
            cand edit 'Changes a district; its id stays'
            cand remove 'Removes a district; its name and external id are free again'
            cand connect 'Makes the tokens of several apps for a district, or for many from a CSV file, all or none'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'gatepass;district;help;add'= {
        }
        &'gatepass;district;help;list'= {
        }
        &'gatepass;district;help;show'= {
        }
        &'gatepass;district;help;edit'= {
        }
        &'gatepass;district;help;remove'= {
        }
        &'gatepass;district;help;connect'= {
        }
        &'gatepass;district;help;help'= {
        }
        &'gatepass;legacy'= {
            cand --store 'The store [default: gatepass/store.db in the user''s data directory]'
            cand --key-file 'The file of the master key [default: gatepass/key in the user''s configuration directory]'
            cand --account 'The account to work on, by its Account ID; with several, changes need it'
            cand --format 'How data is written to stdout [default: table]'
            cand --field 'Only this field of the JSON output, as plain text'
            cand --color 'When to use colour [default: auto]'
            cand --json 'Short for --format json'
            cand -q 'Ids only; of check, doctor and audit verify nothing when all is well'
            cand --quiet 'Ids only; of check, doctor and audit verify nothing when all is well'
            cand -y 'Don''t ask, do it'
            cand --yes 'Don''t ask, do it'
            cand -n 'Show what would happen, and change nothing'
            cand --dry-run 'Show what would happen, and change nothing'
            cand --accept-clock 'Believe a clock that is behind the store''s last record'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
            cand policy 'Shows or sets when legacy keys are announced to end, when they are limited, and when they end'
            cand report 'Tells which apps still depend on their legacy keys, and who blocks the sunset'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'gatepass;legacy;policy'= {
            cand --announce 'From when on every answer to such a key tells that it is deprecated: a date or an RFC 3339 instant'
            cand --limit-from 'From when on such keys are limited'
            cand --limit 'To how many requests a minute each is limited, such as 200/min'
            cand --sunset 'When such keys end'
            cand --link 'Where the programmers of apps read what to do; every answer tells it'
            cand --store 'The store [default: gatepass/store.db in the user''s data directory]'
            cand --key-file 'The file of the master key [default: gatepass/key in the user''s configuration directory]'
            cand --account 'The account to work on, by its Account ID; with several, changes need it'
            cand --format 'How data is written to stdout [default: table]'
            cand --field 'Only this field of the JSON output, as plain text'
            cand --color 'When to use colour [default: auto]'
            cand --no-link 'Take the link away'
            cand --clear 'Take the policy away: such keys are good without limit and without end'
            cand --json 'Short for --format json'
            cand -q 'Ids only; of check, doctor and audit verify nothing when all is well'
            cand --quiet 'Ids only; of check, doctor and audit verify nothing when all is well'
            cand -y 'Don''t ask, do it'
            cand --yes 'Don''t ask, do it'
            cand -n 'Show what would happen, and change nothing'
            cand --dry-run 'Show what would happen, and change nothing'
            cand --accept-clock 'Believe a clock that is behind the store''s last record'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'gatepass;legacy;report'= {
            cand --days 'How many days to look back, today included: 1 to 400'
            cand --store 'The store [default: gatepass/store.db in the user''s data directory]'
            cand --key-file 'The file of the master key [default: gatepass/key in the user''s configuration directory]'
            cand --account 'The account to work on, by its Account ID; with several, changes need it'
            cand --format 'How data is written to stdout [default: table]'
            cand --field 'Only this field of the JSON output, as plain text'
            cand --color 'When to use colour [default: auto]'
            cand --json 'Short for --format json'
            cand -q 'Ids only; of check, doctor and audit verify nothing when all is well'
            cand --quiet 'Ids only; of check, doctor and audit verify nothing when all is well'
            cand -y 'Don''t ask, do it'
            cand --yes 'Don''t ask, do it'
            cand -n 'Show what would happen, and change nothing'
            cand --dry-run 'Show what would happen, and change nothing'
            cand --accept-clock 'Believe a clock that is behind the store''s last record'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'gatepass;legacy;help'= {
            cand policy 'Shows or sets when legacy keys are announced to end, when they are limited, and when they end'
            cand report 'Tells which apps still depend on their legacy keys, and who blocks the sunset'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'gatepass;legacy;help;policy'= {
        }
        &'gatepass;legacy;help;report'= {
        }
        &'gatepass;legacy;help;help'= {
        }
        &'gatepass;account'= {
            cand --store 'The store [default: gatepass/store.db in the user''s data directory]'
            cand --key-file 'The file of the master key [default: gatepass/key in the user''s configuration directory]'
            cand --account 'The account to work on, by its Account ID; with several, changes need it'
            cand --format 'How data is written to stdout [default: table]'
            cand --field 'Only this field of the JSON output, as plain text'
            cand --color 'When to use colour [default: auto]'
            cand --json 'Short for --format json'
            cand -q 'Ids only; of check, doctor and audit verify nothing when all is well'
            cand --quiet 'Ids only; of check, doctor and audit verify nothing when all is well'
            cand -y 'Don''t ask, do it'
            cand --yes 'Don''t ask, do it'
            cand -n 'Show what would happen, and change nothing'
            cand --dry-run 'Show what would happen, and change nothing'
            cand --accept-clock 'Believe a clock that is behind the store''s last record'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
            cand list 'Lists the accounts'
            cand show 'Shows one account'
            cand add 'Adds an account'
            cand edit 'Changes an account'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'gatepass;account;list'= {
            cand --store 'The store [default: gatepass/store.db in the user''s data directory]'
            cand --key-file 'The file of the master key [default: gatepass/key in the user''s configuration directory]'
            cand --account 'The account to work on, by its Account ID; with several, changes need it'
            cand --format 'How data is written to stdout [default: table]'
            cand --field 'Only this field of the JSON output, as plain text'
            cand --color 'When to use colour [default: auto]'
            cand --json 'Short for --format json'
            cand -q 'Ids only; of check, doctor and audit verify nothing when all is well'
            cand --quiet 'Ids only; of check, doctor and audit verify nothing when all is well'
            cand -y 'Don''t ask, do it'
            cand --yes 'Don''t ask, do it'
            cand -n 'Show what would happen, and change nothing'
            cand --dry-run 'Show what would happen, and change nothing'
            cand --accept-clock 'Believe a clock that is behind the store''s last record'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'gatepass;account;show'= {
            cand --store 'The store [default: gatepass/store.db in the user''s data directory]'
            cand --key-file 'The file of the master key [default: gatepass/key in the user''s configuration directory]'
            cand --account 'The account to work on, by its Account ID; with several, changes need it'
            cand --format 'How data is written to stdout [default: table]'
            cand --field 'Only this field of the JSON output, as plain text'
            cand --color 'When to use colour [default: auto]'
            cand --json 'Short for --format json'
            cand -q 'Ids only; of check, doctor and audit verify nothing when all is well'
            cand --quiet 'Ids only; of check, doctor and audit verify nothing when all is well'
            cand -y 'Don''t ask, do it'
            cand --yes 'Don''t ask, do it'
            cand -n 'Show what would happen, and change nothing'
            cand --dry-run 'Show what would happen, and change nothing'
            cand --accept-clock 'Believe a clock that is behind the store''s last record'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'gatepass;account;add'= {
            cand --id 'Its Account ID, if it has one; else one is made'
            cand --region 'Where its API runs: eu1, in1, sg1, us1, aps3 or mec1'
            cand --require-user-passcode 'Whether to refuse account passcodes, so that every caller is a named user'
            cand --store 'The store [default: gatepass/store.db in the user''s data directory]'
            cand --key-file 'The file of the master key [default: gatepass/key in the user''s configuration directory]'
            cand --account 'The account to work on, by its Account ID; with several, changes need it'
            cand --format 'How data is written to stdout [default: table]'
            cand --field 'Only this field of the JSON output, as plain text'
            cand --color 'When to use colour [default: auto]'
            cand --json 'Short for --format json'
            cand -q 'Ids only; of check, doctor and audit verify nothing when all is well'
            cand --quiet 'Ids only; of check, doctor and audit verify nothing when all is well'
            cand -y 'Don''t ask, do it'
            cand --yes 'Don''t ask, do it'
            cand -n 'Show what would happen, and change nothing'
            cand --dry-run 'Show what would happen, and change nothing'
            cand --accept-clock 'Believe a clock that is behind the store''s last record'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'gatepass;account;edit'= {
            cand --name 'A new name'
            cand --region 'Where its API runs: eu1, in1, sg1, us1, aps3 or mec1'
            cand --require-user-passcode 'Whether to refuse account passcodes, so that every caller is a named user'
            cand --store 'The store [default: gatepass/store.db in the user''s data directory]'
            cand --key-file 'The file of the master key [default: gatepass/key in the user''s configuration directory]'
            cand --account 'The account to work on, by its Account ID; with several, changes need it'
            cand --format 'How data is written to stdout [default: table]'
            cand --field 'Only this field of the JSON output, as plain text'
            cand --color 'When to use colour [default: auto]'
            cand --json 'Short for --format json'
            cand -q 'Ids only; of check, doctor and audit verify nothing when all is well'
            cand --quiet 'Ids only; of check, doctor and audit verify nothing when all is well'
            cand -y 'Don''t ask, do it'
            cand --yes 'Don''t ask, do it'
            cand -n 'Show what would happen, and change nothing'
            cand --dry-run 'Show what would happen, and change nothing'
            cand --accept-clock 'Believe a clock that is behind the store''s last record'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'gatepass;account;help'= {
            cand list 'Lists the accounts'
            cand show 'Shows one account'
            cand add 'Adds an account'
            cand edit 'Changes an account'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'gatepass;account;help;list'= {
        }
        &'gatepass;account;help;show'= {
        }
        &'gatepass;account;help;add'= {
        }
        &'gatepass;account;help;edit'= {
        }
        &'gatepass;account;help;help'= {
        }
        &'gatepass;audit'= {
            cand --store 'The store [default: gatepass/store.db in the user''s data directory]'
            cand --key-file 'The file of the master key [default: gatepass/key in the user''s configuration directory]'
            cand --account 'The account to work on, by its Account ID; with several, changes need it'
            cand --format 'How data is written to stdout [default: table]'
            cand --field 'Only this field of the JSON output, as plain text'
            cand --color 'When to use colour [default: auto]'
            cand --json 'Short for --format json'
            cand -q 'Ids only; of check, doctor and audit verify nothing when all is well'
            cand --quiet 'Ids only; of check, doctor and audit verify nothing when all is well'
            cand -y 'Don''t ask, do it'
            cand --yes 'Don''t ask, do it'
            cand -n 'Show what would happen, and change nothing'
            cand --dry-run 'Show what would happen, and change nothing'
            cand --accept-clock 'Believe a clock that is behind the store''s last record'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
            cand list 'Lists the changes, oldest first'
            cand verify 'Verifies the whole log; names the first broken record'
            cand checkpoint 'Prints where the log stands, as a sealed line to keep elsewhere'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'gatepass;audit;list'= {
            cand --of 'Only those of this credential (id, name, e-mail address, APP/DISTRICT), app, district or account (Account ID)'
            cand --store 'The store [default: gatepass/store.db in the user''s data directory]'
            cand --key-file 'The file of the master key [default: gatepass/key in the user''s configuration directory]'
            cand --account 'The account to work on, by its Account ID; with several, changes need it'
            cand --format 'How data is written to stdout [default: table]'
            cand --field 'Only this field of the JSON output, as plain text'
            cand --color 'When to use colour [default: auto]'
            cand --json 'Short for --format json'
            cand -q 'Ids only; of check, doctor and audit verify nothing when all is well'
            cand --quiet 'Ids only; of check, doctor and audit verify nothing when all is well'
            cand -y 'Don''t ask, do it'
            cand --yes 'Don''t ask, do it'
            cand -n 'Show what would happen, and change nothing'
            cand --dry-run 'Show what would happen, and change nothing'
            cand --accept-clock 'Believe a clock that is behind the store''s last record'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'gatepass;audit;verify'= {
            cand --against 'A file with a checkpoint: prove that the log still extends it'
            cand --store 'The store [default: gatepass/store.db in the user''s data directory]'
            cand --key-file 'The file of the master key [default: gatepass/key in the user''s configuration directory]'
            cand --account 'The account to work on, by its Account ID; with several, changes need it'
            cand --format 'How data is written to stdout [default: table]'
            cand --field 'Only this field of the JSON output, as plain text'
            cand --color 'When to use colour [default: auto]'
            cand --json 'Short for --format json'
            cand -q 'Ids only; of check, doctor and audit verify nothing when all is well'
            cand --quiet 'Ids only; of check, doctor and audit verify nothing when all is well'
            cand -y 'Don''t ask, do it'
            cand --yes 'Don''t ask, do it'
            cand -n 'Show what would happen, and change nothing'
            cand --dry-run 'Show what would happen, and change nothing'
            cand --accept-clock 'Believe a clock that is behind the store''s last record'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'gatepass;audit;checkpoint'= {
            cand --store 'The store [default: gatepass/store.db in the user''s data directory]'
            cand --key-file 'The file of the master key [default: gatepass/key in the user''s configuration directory]'
            cand --account 'The account to work on, by its Account ID; with several, changes need it'
            cand --format 'How data is written to stdout [default: table]'
            cand --field 'Only this field of the JSON output, as plain text'
            cand --color 'When to use colour [default: auto]'
            cand --json 'Short for --format json'
            cand -q 'Ids only; of check, doctor and audit verify nothing when all is well'
            cand --quiet 'Ids only; of check, doctor and audit verify nothing when all is well'
            cand -y 'Don''t ask, do it'
            cand --yes 'Don''t ask, do it'
            cand -n 'Show what would happen, and change nothing'
            cand --dry-run 'Show what would happen, and change nothing'
            cand --accept-clock 'Believe a clock that is behind the store''s last record'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'gatepass;audit;help'= {
            cand list 'Lists the changes, oldest first'
            cand verify 'Verifies the whole log; names the first broken record'
            cand checkpoint 'Prints where the log stands, as a sealed line to keep elsewhere'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'gatepass;audit;help;list'= {
        }
        &'gatepass;audit;help;verify'= {
        }
        &'gatepass;audit;help;checkpoint'= {
        }
        &'gatepass;audit;help;help'= {
        }
        &'gatepass;doctor'= {
            cand --store 'The store [default: gatepass/store.db in the user''s data directory]'
            cand --key-file 'The file of the master key [default: gatepass/key in the user''s configuration directory]'
            cand --account 'The account to work on, by its Account ID; with several, changes need it'
            cand --format 'How data is written to stdout [default: table]'
            cand --field 'Only this field of the JSON output, as plain text'
            cand --color 'When to use colour [default: auto]'
            cand --json 'Short for --format json'
            cand -q 'Ids only; of check, doctor and audit verify nothing when all is well'
            cand --quiet 'Ids only; of check, doctor and audit verify nothing when all is well'
            cand -y 'Don''t ask, do it'
            cand --yes 'Don''t ask, do it'
            cand -n 'Show what would happen, and change nothing'
            cand --dry-run 'Show what would happen, and change nothing'
            cand --accept-clock 'Believe a clock that is behind the store''s last record'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'gatepass;key'= {
            cand --store 'The store [default: gatepass/store.db in the user''s data directory]'
            cand --key-file 'The file of the master key [default: gatepass/key in the user''s configuration directory]'
            cand --account 'The account to work on, by its Account ID; with several, changes need it'
            cand --format 'How data is written to stdout [default: table]'
            cand --field 'Only this field of the JSON output, as plain text'
            cand --color 'When to use colour [default: auto]'
            cand --json 'Short for --format json'
            cand -q 'Ids only; of check, doctor and audit verify nothing when all is well'
            cand --quiet 'Ids only; of check, doctor and audit verify nothing when all is well'
            cand -y 'Don''t ask, do it'
            cand --yes 'Don''t ask, do it'
            cand -n 'Show what would happen, and change nothing'
            cand --dry-run 'Show what would happen, and change nothing'
            cand --accept-clock 'Believe a clock that is behind the store''s last record'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
            cand export 'Copies the key, to a new file or to stdout'
            cand import 'Brings a copy back to where the key belongs'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'gatepass;key;export'= {
            cand --out 'A new file, readable by you alone'
            cand --store 'The store [default: gatepass/store.db in the user''s data directory]'
            cand --key-file 'The file of the master key [default: gatepass/key in the user''s configuration directory]'
            cand --account 'The account to work on, by its Account ID; with several, changes need it'
            cand --format 'How data is written to stdout [default: table]'
            cand --field 'Only this field of the JSON output, as plain text'
            cand --color 'When to use colour [default: auto]'
            cand --json 'Short for --format json'
            cand -q 'Ids only; of check, doctor and audit verify nothing when all is well'
            cand --quiet 'Ids only; of check, doctor and audit verify nothing when all is well'
            cand -y 'Don''t ask, do it'
            cand --yes 'Don''t ask, do it'
            cand -n 'Show what would happen, and change nothing'
            cand --dry-run 'Show what would happen, and change nothing'
            cand --accept-clock 'Believe a clock that is behind the store''s last record'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'gatepass;key;import'= {
            cand --store 'The store [default: gatepass/store.db in the user''s data directory]'
            cand --key-file 'The file of the master key [default: gatepass/key in the user''s configuration directory]'
            cand --account 'The account to work on, by its Account ID; with several, changes need it'
            cand --format 'How data is written to stdout [default: table]'
            cand --field 'Only this field of the JSON output, as plain text'
            cand --color 'When to use colour [default: auto]'
            cand --json 'Short for --format json'
            cand -q 'Ids only; of check, doctor and audit verify nothing when all is well'
            cand --quiet 'Ids only; of check, doctor and audit verify nothing when all is well'
            cand -y 'Don''t ask, do it'
            cand --yes 'Don''t ask, do it'
            cand -n 'Show what would happen, and change nothing'
            cand --dry-run 'Show what would happen, and change nothing'
            cand --accept-clock 'Believe a clock that is behind the store''s last record'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'gatepass;key;help'= {
            cand export 'Copies the key, to a new file or to stdout'
            cand import 'Brings a copy back to where the key belongs'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'gatepass;key;help;export'= {
        }
        &'gatepass;key;help;import'= {
        }
        &'gatepass;key;help;help'= {
        }
        &'gatepass;schema'= {
            cand --store 'The store [default: gatepass/store.db in the user''s data directory]'
            cand --key-file 'The file of the master key [default: gatepass/key in the user''s configuration directory]'
            cand --account 'The account to work on, by its Account ID; with several, changes need it'
            cand --format 'How data is written to stdout [default: table]'
            cand --field 'Only this field of the JSON output, as plain text'
            cand --color 'When to use colour [default: auto]'
            cand --json 'Short for --format json'
            cand -q 'Ids only; of check, doctor and audit verify nothing when all is well'
            cand --quiet 'Ids only; of check, doctor and audit verify nothing when all is well'
            cand -y 'Don''t ask, do it'
            cand --yes 'Don''t ask, do it'
            cand -n 'Show what would happen, and change nothing'
            cand --dry-run 'Show what would happen, and change nothing'
            cand --accept-clock 'Believe a clock that is behind the store''s last record'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
            cand list 'Lists their names'
            cand show 'Shows one'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'gatepass;schema;list'= {
            cand --store 'The store [default: gatepass/store.db in the user''s data directory]'
            cand --key-file 'The file of the master key [default: gatepass/key in the user''s configuration directory]'
            cand --account 'The account to work on, by its Account ID; with several, changes need it'
            cand --format 'How data is written to stdout [default: table]'
            cand --field 'Only this field of the JSON output, as plain text'
            cand --color 'When to use colour [default: auto]'
            cand --json 'Short for --format json'
            cand -q 'Ids only; of check, doctor and audit verify nothing when all is well'
            cand --quiet 'Ids only; of check, doctor and audit verify nothing when all is well'
            cand -y 'Don''t ask, do it'
            cand --yes 'Don''t ask, do it'
            cand -n 'Show what would happen, and change nothing'
            cand --dry-run 'Show what would happen, and change nothing'
            cand --accept-clock 'Believe a clock that is behind the store''s last record'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'gatepass;schema;show'= {
            cand --store 'The store [default: gatepass/store.db in the user''s data directory]'
            cand --key-file 'The file of the master key [default: gatepass/key in the user''s configuration directory]'
            cand --account 'The account to work on, by its Account ID; with several, changes need it'
            cand --format 'How data is written to stdout [default: table]'
            cand --field 'Only this field of the JSON output, as plain text'
            cand --color 'When to use colour [default: auto]'
            cand --json 'Short for --format json'
            cand -q 'Ids only; of check, doctor and audit verify nothing when all is well'
            cand --quiet 'Ids only; of check, doctor and audit verify nothing when all is well'
            cand -y 'Don''t ask, do it'
            cand --yes 'Don''t ask, do it'
            cand -n 'Show what would happen, and change nothing'
            cand --dry-run 'Show what would happen, and change nothing'
            cand --accept-clock 'Believe a clock that is behind the store''s last record'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'gatepass;schema;help'= {
            cand list 'Lists their names'
            cand show 'Shows one'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'gatepass;schema;help;list'= {
        }
        &'gatepass;schema;help;show'= {
        }
        &'gatepass;schema;help;help'= {
        }
        &'gatepass;proxy-config'= {
            cand --listen 'Where the proxy listens'
            cand --gate 'Where gatepass serve listens: an address, or unix:PATH'
            cand --backend 'Where the protected API listens'
            cand --store 'The store [default: gatepass/store.db in the user''s data directory]'
            cand --key-file 'The file of the master key [default: gatepass/key in the user''s configuration directory]'
            cand --account 'The account to work on, by its Account ID; with several, changes need it'
            cand --format 'How data is written to stdout [default: table]'
            cand --field 'Only this field of the JSON output, as plain text'
            cand --color 'When to use colour [default: auto]'
            cand --lua 'Print the script that the sample for HAProxy loads, gatepass.lua, and not the sample'
            cand --json 'Short for --format json'
            cand -q 'Ids only; of check, doctor and audit verify nothing when all is well'
            cand --quiet 'Ids only; of check, doctor and audit verify nothing when all is well'
            cand -y 'Don''t ask, do it'
            cand --yes 'Don''t ask, do it'
            cand -n 'Show what would happen, and change nothing'
            cand --dry-run 'Show what would happen, and change nothing'
            cand --accept-clock 'Believe a clock that is behind the store''s last record'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'gatepass;completions'= {
            cand --store 'The store [default: gatepass/store.db in the user''s data directory]'
            cand --key-file 'The file of the master key [default: gatepass/key in the user''s configuration directory]'
            cand --account 'The account to work on, by its Account ID; with several, changes need it'
            cand --format 'How data is written to stdout [default: table]'
            cand --field 'Only this field of the JSON output, as plain text'
            cand --color 'When to use colour [default: auto]'
            cand --json 'Short for --format json'
            cand -q 'Ids only; of check, doctor and audit verify nothing when all is well'
            cand --quiet 'Ids only; of check, doctor and audit verify nothing when all is well'
            cand -y 'Don''t ask, do it'
            cand --yes 'Don''t ask, do it'
            cand -n 'Show what would happen, and change nothing'
            cand --dry-run 'Show what would happen, and change nothing'
            cand --accept-clock 'Believe a clock that is behind the store''s last record'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'gatepass;man'= {
            cand --dir 'Write all pages here'
            cand --store 'The store [default: gatepass/store.db in the user''s data directory]'
            cand --key-file 'The file of the master key [default: gatepass/key in the user''s configuration directory]'
            cand --account 'The account to work on, by its Account ID; with several, changes need it'
            cand --format 'How data is written to stdout [default: table]'
            cand --field 'Only this field of the JSON output, as plain text'
            cand --color 'When to use colour [default: auto]'
            cand --json 'Short for --format json'
            cand -q 'Ids only; of check, doctor and audit verify nothing when all is well'
            cand --quiet 'Ids only; of check, doctor and audit verify nothing when all is well'
            cand -y 'Don''t ask, do it'
            cand --yes 'Don''t ask, do it'
            cand -n 'Show what would happen, and change nothing'
            cand --dry-run 'Show what would happen, and change nothing'
            cand --accept-clock 'Believe a clock that is behind the store''s last record'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'gatepass;help'= {
            cand create 'Makes an account passcode for one partner and shows its secret once'
            cand list 'Lists credentials'
            cand show 'Shows one credential; never its secret'
            cand edit 'Changes name, note, lifetime, what a token is good for, or the right to introspect; the id and the secret stay'
            cand delete 'Ends credentials at once and takes them off the list; their names and places are free again'
            cand grant-user 'Makes the passcode of one user and shows its secret once, or of many from a CSV file'
            cand grant-app 'Makes the token of an app for a district, and shows its secret once'
            cand reset 'Gives credentials new secrets, shown once; their ids, names and ends stay'
            cand revoke 'Ends credentials at once and keeps them listed as revoked, with who, when and why'
            cand verify 'Tells whose secret it is and whether it is good; the exit code tells, too'
            cand check 'Tells cron and monitoring what has expired and what soon will'
            cand deliver 'Tells apps of their tokens: sends all messages that are due, once, and ends'
            cand serve 'Answers proxies that ask whether a request may pass'
            cand app 'Adds, lists, shows, changes, resets and removes apps'
            cand district 'Adds, lists, shows, changes, connects and removes districts'
            cand legacy 'Leads apps away from the keys that they had before there were tokens'
            cand account 'Lists, shows, adds and changes accounts'
            cand audit 'Lists and verifies the log of changes'
            cand doctor 'Examines store, key and log: every record against its seal, its neighbours and its last audit record'
            cand key 'Copies the master key for escrow, and brings it back'
            cand schema 'Lists and shows the JSON Schemas of the output'
            cand proxy-config 'Prints the configuration of a proxy that asks gatepass serve before each request'
            cand completions 'Prints a completion script for a shell'
            cand man 'Prints the man page of gatepass, or writes the pages of all its subcommands to a directory'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'gatepass;help;create'= {
        }
        &'gatepass;help;list'= {
        }
        &'gatepass;help;show'= {
        }
        &'gatepass;help;edit'= {
        }
        &'gatepass;help;delete'= {
        }
        &'gatepass;help;grant-user'= {
        }
        &'gatepass;help;grant-app'= {
        }
        &'gatepass;help;reset'= {
        }
        &'gatepass;help;revoke'= {
        }
        &'gatepass;help;verify'= {
        }
        &'gatepass;help;check'= {
        }
        &'gatepass;help;deliver'= {
        }
        &'gatepass;help;serve'= {
        }
        &'gatepass;help;app'= {
            cand add 'Adds an app and shows its client secret once'
            cand list 'Lists apps'
            cand show 'Shows one app; never its client secret'
            cand edit 'Changes an app; its ids and its client secret stay'
            cand reset 'Gives an app a new client secret, shown once'
            cand remove 'Removes an app; its name is free again'
        }
        &'gatepass;help;app;add'= {
        }
        &'gatepass;help;app;list'= {
        }
        &'gatepass;help;app;show'= {
        }
        &'gatepass;help;app;edit'= {
        }
        &'gatepass;help;app;reset'= {
        }
        &'gatepass;help;app;remove'= {
        }
        &'gatepass;help;district'= {
            cand add 'Adds a district'
            cand list 'Lists districts'
            cand show 'Shows one district'
            cand edit 'Changes a district; its id stays'
            cand remove 'Removes a district; its name and external id are free again'
            cand connect 'Makes the tokens of several apps for a district, or for many from a CSV file, all or none'
        }
        &'gatepass;help;district;add'= {
        }
        &'gatepass;help;district;list'= {
        }
        &'gatepass;help;district;show'= {
        }
        &'gatepass;help;district;edit'= {
        }
        &'gatepass;help;district;remove'= {
        }
        &'gatepass;help;district;connect'= {
        }
        &'gatepass;help;legacy'= {
            cand policy 'Shows or sets when legacy keys are announced to end, when they are limited, and when they end'
            cand report 'Tells which apps still depend on their legacy keys, and who blocks the sunset'
        }
        &'gatepass;help;legacy;policy'= {
        }
        &'gatepass;help;legacy;report'= {
        }
        &'gatepass;help;account'= {
            cand list 'Lists the accounts'
            cand show 'Shows one account'
            cand add 'Adds an account'
            cand edit 'Changes an account'
        }
        &'gatepass;help;account;list'= {
        }
        &'gatepass;help;account;show'= {
        }
        &'gatepass;help;account;add'= {
        }
        &'gatepass;help;account;edit'= {
        }
        &'gatepass;help;audit'= {
            cand list 'Lists the changes, oldest first'
            cand verify 'Verifies the whole log; names the first broken record'
            cand checkpoint 'Prints where the log stands, as a sealed line to keep elsewhere'
        }
        &'gatepass;help;audit;list'= {
        }
        &'gatepass;help;audit;verify'= {
        }
        &'gatepass;help;audit;checkpoint'= {
        }
        &'gatepass;help;doctor'= {
        }
        &'gatepass;help;key'= {
            cand export 'Copies the key, to a new file or to stdout'
            cand import 'Brings a copy back to where the key belongs'
        }
        &'gatepass;help;key;export'= {
        }
        &'gatepass;help;key;import'= {
        }
        &'gatepass;help;schema'= {
            cand list 'Lists their names'
            cand show 'Shows one'
        }
        &'gatepass;help;schema;list'= {
        }
        &'gatepass;help;schema;show'= {
        }
        &'gatepass;help;proxy-config'= {
        }
        &'gatepass;help;completions'= {
        }
        &'gatepass;help;man'= {
        }
        &'gatepass;help;help'= {
        }
    ]
    $completions[$command]
}
