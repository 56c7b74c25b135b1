
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
            cand --store 'Path of the store'
            cand --key-file 'Path of the master key file'
            cand --account 'Account to use; required for changes if there is more than one'
            cand --format 'Output format [default: table]'
            cand --field 'Print only this field, as plain text'
            cand --color 'When to use colour [default: auto]'
            cand --json 'Same as --format json'
            cand -q 'Print ids only; check, doctor and audit verify print nothing on success'
            cand --quiet 'Print ids only; check, doctor and audit verify print nothing on success'
            cand -y 'Skip confirmation'
            cand --yes 'Skip confirmation'
            cand -n 'Show what would happen, but change nothing'
            cand --dry-run 'Show what would happen, but change nothing'
            cand --accept-clock 'Proceed although the clock is behind the last record'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
            cand create 'Create a passcode for a partner; the secret is shown once'
            cand list 'List credentials'
            cand show 'Show a credential, but never its secret'
            cand edit 'Edit a credential; its id and secret stay the same'
            cand delete 'Delete credentials; frees their names and slots'
            cand grant-user 'Create a user''s passcode, or many from a CSV file'
            cand grant-app 'Create the token of an app for a district'
            cand reset 'Rotate secrets; id, name and expiry stay the same'
            cand revoke 'Revoke credentials but keep them listed'
            cand verify 'Identify a secret and check that it is valid (see exit codes)'
            cand check 'Report expired and soon-to-expire credentials'
            cand deliver 'Send pending webhook messages to apps, then exit'
            cand serve 'Run the authorization server that proxies query'
            cand app 'Add, list, show, edit, reset and remove apps'
            cand district 'Add, list, show, edit, connect and remove districts'
            cand legacy 'Phase out legacy API keys'
            cand account 'List, show, add and edit accounts'
            cand audit 'List, show and verify the audit log'
            cand doctor 'Check the integrity of store, key and audit log'
            cand key 'Back up and restore the master key'
            cand store 'Migrate the store to the version that this gatepass requires'
            cand schema 'List and show the JSON Schemas of the output'
            cand proxy-config 'Print a proxy configuration that queries gatepass serve'
            cand completions 'Print a completion script for a shell'
            cand man 'Print the man page, or write all man pages to a directory'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'gatepass;create'= {
            cand --days 'Valid for N days (1–365)'
            cand --until 'Valid until this date, at most 365 days ahead'
            cand --note 'A note, shown in lists'
            cand --out 'Write the secret to a new file instead of showing it'
            cand --store 'Path of the store'
            cand --key-file 'Path of the master key file'
            cand --account 'Account to use; required for changes if there is more than one'
            cand --format 'Output format [default: table]'
            cand --field 'Print only this field, as plain text'
            cand --color 'When to use colour [default: auto]'
            cand --infinite 'Valid for ten years'
            cand --forever 'Never expires'
            cand --if-missing 'Do nothing if a valid passcode of that name exists'
            cand --copy 'Also copy the secret to the clipboard'
            cand --json 'Same as --format json'
            cand -q 'Print ids only; check, doctor and audit verify print nothing on success'
            cand --quiet 'Print ids only; check, doctor and audit verify print nothing on success'
            cand -y 'Skip confirmation'
            cand --yes 'Skip confirmation'
            cand -n 'Show what would happen, but change nothing'
            cand --dry-run 'Show what would happen, but change nothing'
            cand --accept-clock 'Proceed although the clock is behind the last record'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'gatepass;list'= {
            cand --kind 'Only these kinds, e.g. account,user'
            cand --state 'Only these states, e.g. expired,revoked'
            cand --expiring 'Only those expired or expiring within N days (default 30)'
            cand --unused 'Only those unused for N days (never used: since creation)'
            cand --user 'Only the passcodes of this user'
            cand --app 'Only the tokens and the legacy key of this app'
            cand --district 'Only the tokens for this district'
            cand --name 'Only names that match this pattern, e.g. ''acme*'''
            cand --sort 'Order of the list'
            cand --limit 'Show at most N'
            cand --at 'Show the list as of this date'
            cand --store 'Path of the store'
            cand --key-file 'Path of the master key file'
            cand --account 'Account to use; required for changes if there is more than one'
            cand --format 'Output format [default: table]'
            cand --field 'Print only this field, as plain text'
            cand --color 'When to use colour [default: auto]'
            cand --all 'Include deleted ones'
            cand --json 'Same as --format json'
            cand -q 'Print ids only; check, doctor and audit verify print nothing on success'
            cand --quiet 'Print ids only; check, doctor and audit verify print nothing on success'
            cand -y 'Skip confirmation'
            cand --yes 'Skip confirmation'
            cand -n 'Show what would happen, but change nothing'
            cand --dry-run 'Show what would happen, but change nothing'
            cand --accept-clock 'Proceed although the clock is behind the last record'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'gatepass;show'= {
            cand --store 'Path of the store'
            cand --key-file 'Path of the master key file'
            cand --account 'Account to use; required for changes if there is more than one'
            cand --format 'Output format [default: table]'
            cand --field 'Print only this field, as plain text'
            cand --color 'When to use colour [default: auto]'
            cand --json 'Same as --format json'
            cand -q 'Print ids only; check, doctor and audit verify print nothing on success'
            cand --quiet 'Print ids only; check, doctor and audit verify print nothing on success'
            cand -y 'Skip confirmation'
            cand --yes 'Skip confirmation'
            cand -n 'Show what would happen, but change nothing'
            cand --dry-run 'Show what would happen, but change nothing'
            cand --accept-clock 'Proceed although the clock is behind the last record'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'gatepass;edit'= {
            cand --name 'New name of an account passcode'
            cand --note 'New note'
            cand --scope 'Replace the token''s scopes'
            cand --limit 'Rate limit of the token, e.g. 600/min'
            cand --introspect 'Allow its holder to use POST /introspect'
            cand --days 'Valid for N days (1–365)'
            cand --until 'Valid until this date, at most 365 days ahead'
            cand --store 'Path of the store'
            cand --key-file 'Path of the master key file'
            cand --account 'Account to use; required for changes if there is more than one'
            cand --format 'Output format [default: table]'
            cand --field 'Print only this field, as plain text'
            cand --color 'When to use colour [default: auto]'
            cand --no-note 'Remove the note'
            cand --no-limit 'Remove the token''s own rate limit; the limit of its app applies'
            cand --infinite 'Valid for ten years'
            cand --forever 'Never expires'
            cand --json 'Same as --format json'
            cand -q 'Print ids only; check, doctor and audit verify print nothing on success'
            cand --quiet 'Print ids only; check, doctor and audit verify print nothing on success'
            cand -y 'Skip confirmation'
            cand --yes 'Skip confirmation'
            cand -n 'Show what would happen, but change nothing'
            cand --dry-run 'Show what would happen, but change nothing'
            cand --accept-clock 'Proceed although the clock is behind the last record'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'gatepass;delete'= {
            cand --older-than 'With --expired, only those expired at least this long ago, e.g. 30d'
            cand --store 'Path of the store'
            cand --key-file 'Path of the master key file'
            cand --account 'Account to use; required for changes if there is more than one'
            cand --format 'Output format [default: table]'
            cand --field 'Print only this field, as plain text'
            cand --color 'When to use colour [default: auto]'
            cand --expired 'All expired credentials, of every kind'
            cand --json 'Same as --format json'
            cand -q 'Print ids only; check, doctor and audit verify print nothing on success'
            cand --quiet 'Print ids only; check, doctor and audit verify print nothing on success'
            cand -y 'Skip confirmation'
            cand --yes 'Skip confirmation'
            cand -n 'Show what would happen, but change nothing'
            cand --dry-run 'Show what would happen, but change nothing'
            cand --accept-clock 'Proceed although the clock is behind the last record'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'gatepass;grant-user'= {
            cand --from 'CSV file of users; requires --out'
            cand --days 'Valid for N days (1–365)'
            cand --until 'Valid until this date, at most 365 days ahead'
            cand --note 'A note, shown in lists'
            cand --out 'Write the secret to a new file instead of showing it'
            cand --store 'Path of the store'
            cand --key-file 'Path of the master key file'
            cand --account 'Account to use; required for changes if there is more than one'
            cand --format 'Output format [default: table]'
            cand --field 'Print only this field, as plain text'
            cand --color 'When to use colour [default: auto]'
            cand --infinite 'Valid for ten years'
            cand --copy 'Also copy the secret to the clipboard'
            cand --json 'Same as --format json'
            cand -q 'Print ids only; check, doctor and audit verify print nothing on success'
            cand --quiet 'Print ids only; check, doctor and audit verify print nothing on success'
            cand -y 'Skip confirmation'
            cand --yes 'Skip confirmation'
            cand -n 'Show what would happen, but change nothing'
            cand --dry-run 'Show what would happen, but change nothing'
            cand --accept-clock 'Proceed although the clock is behind the last record'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'gatepass;grant-app'= {
            cand --district 'District: id, external id or name'
            cand --scope 'Scope to grant, e.g. read:students; can be repeated'
            cand --limit 'Rate limit, e.g. 600/min'
            cand --days 'Valid for N days (1–365)'
            cand --until 'Valid until this date, at most 365 days ahead'
            cand --note 'A note, shown in lists'
            cand --out 'Write the secret to a new file instead of showing it'
            cand --store 'Path of the store'
            cand --key-file 'Path of the master key file'
            cand --account 'Account to use; required for changes if there is more than one'
            cand --format 'Output format [default: table]'
            cand --field 'Print only this field, as plain text'
            cand --color 'When to use colour [default: auto]'
            cand --infinite 'Valid for ten years'
            cand --forever 'Never expires'
            cand --pickup 'Let the app fetch the secret, so that nobody else sees it'
            cand --copy 'Also copy the secret to the clipboard'
            cand --json 'Same as --format json'
            cand -q 'Print ids only; check, doctor and audit verify print nothing on success'
            cand --quiet 'Print ids only; check, doctor and audit verify print nothing on success'
            cand -y 'Skip confirmation'
            cand --yes 'Skip confirmation'
            cand -n 'Show what would happen, but change nothing'
            cand --dry-run 'Show what would happen, but change nothing'
            cand --accept-clock 'Proceed although the clock is behind the last record'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'gatepass;reset'= {
            cand --overlap 'Keep the old secret valid this long, e.g. 7d'
            cand --days 'Valid for N days (1–365)'
            cand --until 'Valid until this date, at most 365 days ahead'
            cand --out 'Write the secret to a new file instead of showing it'
            cand --store 'Path of the store'
            cand --key-file 'Path of the master key file'
            cand --account 'Account to use; required for changes if there is more than one'
            cand --format 'Output format [default: table]'
            cand --field 'Print only this field, as plain text'
            cand --color 'When to use colour [default: auto]'
            cand --until-used 'Keep the old secret valid until the new one is used'
            cand --infinite 'Valid for ten years'
            cand --forever 'Never expires'
            cand --copy 'Also copy the secret to the clipboard'
            cand --json 'Same as --format json'
            cand -q 'Print ids only; check, doctor and audit verify print nothing on success'
            cand --quiet 'Print ids only; check, doctor and audit verify print nothing on success'
            cand -y 'Skip confirmation'
            cand --yes 'Skip confirmation'
            cand -n 'Show what would happen, but change nothing'
            cand --dry-run 'Show what would happen, but change nothing'
            cand --accept-clock 'Proceed although the clock is behind the last record'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'gatepass;revoke'= {
            cand --reason 'Reason to record, e.g. key-compromise'
            cand --store 'Path of the store'
            cand --key-file 'Path of the master key file'
            cand --account 'Account to use; required for changes if there is more than one'
            cand --format 'Output format [default: table]'
            cand --field 'Print only this field, as plain text'
            cand --color 'When to use colour [default: auto]'
            cand --json 'Same as --format json'
            cand -q 'Print ids only; check, doctor and audit verify print nothing on success'
            cand --quiet 'Print ids only; check, doctor and audit verify print nothing on success'
            cand -y 'Skip confirmation'
            cand --yes 'Skip confirmation'
            cand -n 'Show what would happen, but change nothing'
            cand --dry-run 'Show what would happen, but change nothing'
            cand --accept-clock 'Proceed although the clock is behind the last record'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'gatepass;verify'= {
            cand --scope 'Require this scope, e.g. read:students; can be repeated'
            cand --district 'Require this district: id, external id or name'
            cand --app 'Require this app: id, client id or name'
            cand --region 'Require this region: eu1, in1, sg1, us1, aps3 or mec1'
            cand --store 'Path of the store'
            cand --key-file 'Path of the master key file'
            cand --account 'Account to use; required for changes if there is more than one'
            cand --format 'Output format [default: table]'
            cand --field 'Print only this field, as plain text'
            cand --color 'When to use colour [default: auto]'
            cand --headers 'Read the header lines of a request, or the output of curl -v'
            cand --legacy 'Read a legacy key'
            cand --json 'Same as --format json'
            cand -q 'Print ids only; check, doctor and audit verify print nothing on success'
            cand --quiet 'Print ids only; check, doctor and audit verify print nothing on success'
            cand -y 'Skip confirmation'
            cand --yes 'Skip confirmation'
            cand -n 'Show what would happen, but change nothing'
            cand --dry-run 'Show what would happen, but change nothing'
            cand --accept-clock 'Proceed although the clock is behind the last record'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'gatepass;check'= {
            cand --warn 'Warning threshold in days'
            cand --crit 'Critical threshold in days'
            cand --store 'Path of the store'
            cand --key-file 'Path of the master key file'
            cand --account 'Account to use; required for changes if there is more than one'
            cand --format 'Output format [default: table]'
            cand --field 'Print only this field, as plain text'
            cand --color 'When to use colour [default: auto]'
            cand --json 'Same as --format json'
            cand -q 'Print ids only; check, doctor and audit verify print nothing on success'
            cand --quiet 'Print ids only; check, doctor and audit verify print nothing on success'
            cand -y 'Skip confirmation'
            cand --yes 'Skip confirmation'
            cand -n 'Show what would happen, but change nothing'
            cand --dry-run 'Show what would happen, but change nothing'
            cand --accept-clock 'Proceed although the clock is behind the last record'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'gatepass;deliver'= {
            cand --store 'Path of the store'
            cand --key-file 'Path of the master key file'
            cand --account 'Account to use; required for changes if there is more than one'
            cand --format 'Output format [default: table]'
            cand --field 'Print only this field, as plain text'
            cand --color 'When to use colour [default: auto]'
            cand --allow-private-webhooks 'Also deliver to private addresses and over http'
            cand --json 'Same as --format json'
            cand -q 'Print ids only; check, doctor and audit verify print nothing on success'
            cand --quiet 'Print ids only; check, doctor and audit verify print nothing on success'
            cand -y 'Skip confirmation'
            cand --yes 'Skip confirmation'
            cand -n 'Show what would happen, but change nothing'
            cand --dry-run 'Show what would happen, but change nothing'
            cand --accept-clock 'Proceed although the clock is behind the last record'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'gatepass;serve'= {
            cand --listen 'Address to listen on: IP:PORT or unix:PATH [default: 127.0.0.1:8710]'
            cand --ops-listen 'Address for health and metrics [default: 127.0.0.1:8711]'
            cand --region 'Region of the API; refuses credentials of other regions'
            cand --trusted-proxy 'Trusted proxy networks, e.g. 10.0.0.0/8; can be repeated'
            cand --profile 'Status codes to send: exact or full [default: exact]'
            cand --workers 'Number of threads, 1 to 1024 [default: one per core]'
            cand --max-stale 'Seconds to respond from memory without the store [default: 1]'
            cand --store 'Path of the store'
            cand --key-file 'Path of the master key file'
            cand --account 'Account to use; required for changes if there is more than one'
            cand --format 'Output format [default: table]'
            cand --field 'Print only this field, as plain text'
            cand --color 'When to use colour [default: auto]'
            cand --log-allowed 'Also log allowed requests'
            cand --allow-remote 'Permit addresses that other machines can reach'
            cand --no-deliver 'Do not send webhook messages; gatepass deliver does'
            cand --allow-private-webhooks 'Also deliver webhook messages to private addresses and over http'
            cand --json 'Same as --format json'
            cand -q 'Print ids only; check, doctor and audit verify print nothing on success'
            cand --quiet 'Print ids only; check, doctor and audit verify print nothing on success'
            cand -y 'Skip confirmation'
            cand --yes 'Skip confirmation'
            cand -n 'Show what would happen, but change nothing'
            cand --dry-run 'Show what would happen, but change nothing'
            cand --accept-clock 'Proceed although the clock is behind the last record'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'gatepass;app'= {
            cand --store 'Path of the store'
            cand --key-file 'Path of the master key file'
            cand --account 'Account to use; required for changes if there is more than one'
            cand --format 'Output format [default: table]'
            cand --field 'Print only this field, as plain text'
            cand --color 'When to use colour [default: auto]'
            cand --json 'Same as --format json'
            cand -q 'Print ids only; check, doctor and audit verify print nothing on success'
            cand --quiet 'Print ids only; check, doctor and audit verify print nothing on success'
            cand -y 'Skip confirmation'
            cand --yes 'Skip confirmation'
            cand -n 'Show what would happen, but change nothing'
            cand --dry-run 'Show what would happen, but change nothing'
            cand --accept-clock 'Proceed although the clock is behind the last record'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
            cand add 'Add an app; its client secret is shown once'
            cand list 'List apps'
            cand show 'Show an app, but never its client secret'
            cand edit 'Edit an app; its ids and client secret stay the same'
            cand reset 'Generate a new client secret, shown once'
            cand remove 'Remove an app; frees its name'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'gatepass;app;add'= {
            cand --limit 'Rate limit of each of its tokens'
            cand --legacy-key-file 'Import the app''s legacy key from this file'
            cand --out 'Write the secret to a new file instead of showing it'
            cand --store 'Path of the store'
            cand --key-file 'Path of the master key file'
            cand --account 'Account to use; required for changes if there is more than one'
            cand --format 'Output format [default: table]'
            cand --field 'Print only this field, as plain text'
            cand --color 'When to use colour [default: auto]'
            cand --allow-weak 'Import even a weak key (under 112 bits)'
            cand --copy 'Also copy the secret to the clipboard'
            cand --json 'Same as --format json'
            cand -q 'Print ids only; check, doctor and audit verify print nothing on success'
            cand --quiet 'Print ids only; check, doctor and audit verify print nothing on success'
            cand -y 'Skip confirmation'
            cand --yes 'Skip confirmation'
            cand -n 'Show what would happen, but change nothing'
            cand --dry-run 'Show what would happen, but change nothing'
            cand --accept-clock 'Proceed although the clock is behind the last record'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'gatepass;app;list'= {
            cand --store 'Path of the store'
            cand --key-file 'Path of the master key file'
            cand --account 'Account to use; required for changes if there is more than one'
            cand --format 'Output format [default: table]'
            cand --field 'Print only this field, as plain text'
            cand --color 'When to use colour [default: auto]'
            cand --all 'Include removed ones'
            cand --json 'Same as --format json'
            cand -q 'Print ids only; check, doctor and audit verify print nothing on success'
            cand --quiet 'Print ids only; check, doctor and audit verify print nothing on success'
            cand -y 'Skip confirmation'
            cand --yes 'Skip confirmation'
            cand -n 'Show what would happen, but change nothing'
            cand --dry-run 'Show what would happen, but change nothing'
            cand --accept-clock 'Proceed although the clock is behind the last record'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'gatepass;app;show'= {
            cand --store 'Path of the store'
            cand --key-file 'Path of the master key file'
            cand --account 'Account to use; required for changes if there is more than one'
            cand --format 'Output format [default: table]'
            cand --field 'Print only this field, as plain text'
            cand --color 'When to use colour [default: auto]'
            cand --json 'Same as --format json'
            cand -q 'Print ids only; check, doctor and audit verify print nothing on success'
            cand --quiet 'Print ids only; check, doctor and audit verify print nothing on success'
            cand -y 'Skip confirmation'
            cand --yes 'Skip confirmation'
            cand -n 'Show what would happen, but change nothing'
            cand --dry-run 'Show what would happen, but change nothing'
            cand --accept-clock 'Proceed although the clock is behind the last record'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'gatepass;app;edit'= {
            cand --name 'New name'
            cand --limit 'Rate limit of each of its tokens, e.g. 200/min'
            cand --legacy-key-file 'Import the app''s legacy key from this file'
            cand --webhook 'Send messages about its tokens to this https URL'
            cand --out 'Write the secret to a new file instead of showing it'
            cand --store 'Path of the store'
            cand --key-file 'Path of the master key file'
            cand --account 'Account to use; required for changes if there is more than one'
            cand --format 'Output format [default: table]'
            cand --field 'Print only this field, as plain text'
            cand --color 'When to use colour [default: auto]'
            cand --allow-weak 'Import even a weak key (under 112 bits)'
            cand --no-webhook 'Remove the webhook'
            cand --rotate-webhook-key 'Generate a new webhook signing key'
            cand --allow-private-webhooks 'Also permit private addresses and http'
            cand --copy 'Also copy the secret to the clipboard'
            cand --json 'Same as --format json'
            cand -q 'Print ids only; check, doctor and audit verify print nothing on success'
            cand --quiet 'Print ids only; check, doctor and audit verify print nothing on success'
            cand -y 'Skip confirmation'
            cand --yes 'Skip confirmation'
            cand -n 'Show what would happen, but change nothing'
            cand --dry-run 'Show what would happen, but change nothing'
            cand --accept-clock 'Proceed although the clock is behind the last record'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'gatepass;app;reset'= {
            cand --overlap 'Keep the old client secret valid this long, e.g. 7d'
            cand --out 'Write the secret to a new file instead of showing it'
            cand --store 'Path of the store'
            cand --key-file 'Path of the master key file'
            cand --account 'Account to use; required for changes if there is more than one'
            cand --format 'Output format [default: table]'
            cand --field 'Print only this field, as plain text'
            cand --color 'When to use colour [default: auto]'
            cand --copy 'Also copy the secret to the clipboard'
            cand --json 'Same as --format json'
            cand -q 'Print ids only; check, doctor and audit verify print nothing on success'
            cand --quiet 'Print ids only; check, doctor and audit verify print nothing on success'
            cand -y 'Skip confirmation'
            cand --yes 'Skip confirmation'
            cand -n 'Show what would happen, but change nothing'
            cand --dry-run 'Show what would happen, but change nothing'
            cand --accept-clock 'Proceed although the clock is behind the last record'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'gatepass;app;remove'= {
            cand --store 'Path of the store'
            cand --key-file 'Path of the master key file'
            cand --account 'Account to use; required for changes if there is more than one'
            cand --format 'Output format [default: table]'
            cand --field 'Print only this field, as plain text'
            cand --color 'When to use colour [default: auto]'
            cand --revoke-tokens 'Also revoke its active tokens and legacy key'
            cand --json 'Same as --format json'
            cand -q 'Print ids only; check, doctor and audit verify print nothing on success'
            cand --quiet 'Print ids only; check, doctor and audit verify print nothing on success'
            cand -y 'Skip confirmation'
            cand --yes 'Skip confirmation'
            cand -n 'Show what would happen, but change nothing'
            cand --dry-run 'Show what would happen, but change nothing'
            cand --accept-clock 'Proceed although the clock is behind the last record'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'gatepass;app;help'= {
            cand add 'Add an app; its client secret is shown once'
            cand list 'List apps'
            cand show 'Show an app, but never its client secret'
            cand edit 'Edit an app; its ids and client secret stay the same'
            cand reset 'Generate a new client secret, shown once'
            cand remove 'Remove an app; frees its name'
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
            cand --store 'Path of the store'
            cand --key-file 'Path of the master key file'
            cand --account 'Account to use; required for changes if there is more than one'
            cand --format 'Output format [default: table]'
            cand --field 'Print only this field, as plain text'
            cand --color 'When to use colour [default: auto]'
            cand --json 'Same as --format json'
            cand -q 'Print ids only; check, doctor and audit verify print nothing on success'
            cand --quiet 'Print ids only; check, doctor and audit verify print nothing on success'
            cand -y 'Skip confirmation'
            cand --yes 'Skip confirmation'
            cand -n 'Show what would happen, but change nothing'
            cand --dry-run 'Show what would happen, but change nothing'
            cand --accept-clock 'Proceed although the clock is behind the last record'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
            cand add 'Add a district'
            cand list 'List districts'
            cand show 'Show a district'
            cand edit 'Edit a district; its id stays the same'
            cand remove 'Remove a district; frees its name and external id'
            cand connect 'Create tokens of several apps for one district, or for many'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'gatepass;district;add'= {
            cand --external-id 'External ID'
            cand --store 'Path of the store'
            cand --key-file 'Path of the master key file'
            cand --account 'Account to use; required for changes if there is more than one'
            cand --format 'Output format [default: table]'
            cand --field 'Print only this field, as plain text'
            cand --color 'When to use colour [default: auto]'
            cand --json 'Same as --format json'
            cand -q 'Print ids only; check, doctor and audit verify print nothing on success'
            cand --quiet 'Print ids only; check, doctor and audit verify print nothing on success'
            cand -y 'Skip confirmation'
            cand --yes 'Skip confirmation'
            cand -n 'Show what would happen, but change nothing'
            cand --dry-run 'Show what would happen, but change nothing'
            cand --accept-clock 'Proceed although the clock is behind the last record'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'gatepass;district;list'= {
            cand --store 'Path of the store'
            cand --key-file 'Path of the master key file'
            cand --account 'Account to use; required for changes if there is more than one'
            cand --format 'Output format [default: table]'
            cand --field 'Print only this field, as plain text'
            cand --color 'When to use colour [default: auto]'
            cand --all 'Include removed ones'
            cand --json 'Same as --format json'
            cand -q 'Print ids only; check, doctor and audit verify print nothing on success'
            cand --quiet 'Print ids only; check, doctor and audit verify print nothing on success'
            cand -y 'Skip confirmation'
            cand --yes 'Skip confirmation'
            cand -n 'Show what would happen, but change nothing'
            cand --dry-run 'Show what would happen, but change nothing'
            cand --accept-clock 'Proceed although the clock is behind the last record'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'gatepass;district;show'= {
            cand --store 'Path of the store'
            cand --key-file 'Path of the master key file'
            cand --account 'Account to use; required for changes if there is more than one'
            cand --format 'Output format [default: table]'
            cand --field 'Print only this field, as plain text'
            cand --color 'When to use colour [default: auto]'
            cand --json 'Same as --format json'
            cand -q 'Print ids only; check, doctor and audit verify print nothing on success'
            cand --quiet 'Print ids only; check, doctor and audit verify print nothing on success'
            cand -y 'Skip confirmation'
            cand --yes 'Skip confirmation'
            cand -n 'Show what would happen, but change nothing'
            cand --dry-run 'Show what would happen, but change nothing'
            cand --accept-clock 'Proceed although the clock is behind the last record'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'gatepass;district;edit'= {
            cand --name 'New name'
            cand --external-id 'New external ID'
            cand --store 'Path of the store'
            cand --key-file 'Path of the master key file'
            cand --account 'Account to use; required for changes if there is more than one'
            cand --format 'Output format [default: table]'
            cand --field 'Print only this field, as plain text'
            cand --color 'When to use colour [default: auto]'
            cand --no-external-id 'Remove the external ID'
            cand --json 'Same as --format json'
            cand -q 'Print ids only; check, doctor and audit verify print nothing on success'
            cand --quiet 'Print ids only; check, doctor and audit verify print nothing on success'
            cand -y 'Skip confirmation'
            cand --yes 'Skip confirmation'
            cand -n 'Show what would happen, but change nothing'
            cand --dry-run 'Show what would happen, but change nothing'
            cand --accept-clock 'Proceed although the clock is behind the last record'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'gatepass;district;remove'= {
            cand --store 'Path of the store'
            cand --key-file 'Path of the master key file'
            cand --account 'Account to use; required for changes if there is more than one'
            cand --format 'Output format [default: table]'
            cand --field 'Print only this field, as plain text'
            cand --color 'When to use colour [default: auto]'
            cand --revoke-tokens 'Also revoke its active tokens'
            cand --json 'Same as --format json'
            cand -q 'Print ids only; check, doctor and audit verify print nothing on success'
            cand --quiet 'Print ids only; check, doctor and audit verify print nothing on success'
            cand -y 'Skip confirmation'
            cand --yes 'Skip confirmation'
            cand -n 'Show what would happen, but change nothing'
            cand --dry-run 'Show what would happen, but change nothing'
            cand --accept-clock 'Proceed although the clock is behind the last record'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'gatepass;district;connect'= {
            cand --from 'CSV file of districts'
            cand --app 'App to create a token for: id, client id or name; can be repeated'
            cand --scope 'Scope to grant, e.g. read:students; can be repeated'
            cand --limit 'Rate limit, e.g. 600/min'
            cand --days 'Valid for N days (1–365)'
            cand --until 'Valid until this date, at most 365 days ahead'
            cand --out 'Write the secret to a new file instead of showing it'
            cand --store 'Path of the store'
            cand --key-file 'Path of the master key file'
            cand --account 'Account to use; required for changes if there is more than one'
            cand --format 'Output format [default: table]'
            cand --field 'Print only this field, as plain text'
            cand --color 'When to use colour [default: auto]'
            cand --infinite 'Valid for ten years'
            cand --forever 'Never expires'
            cand --pickup 'Let each app fetch its secrets, so that nobody else sees them'
            cand --copy 'Also copy the secret to the clipboard'
            cand --json 'Same as --format json'
            cand -q 'Print ids only; check, doctor and audit verify print nothing on success'
            cand --quiet 'Print ids only; check, doctor and audit verify print nothing on success'
            cand -y 'Skip confirmation'
            cand --yes 'Skip confirmation'
            cand -n 'Show what would happen, but change nothing'
            cand --dry-run 'Show what would happen, but change nothing'
            cand --accept-clock 'Proceed although the clock is behind the last record'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'gatepass;district;help'= {
            cand add 'Add a district'
            cand list 'List districts'
            cand show 'Show a district'
            cand edit 'Edit a district; its id stays the same'
            cand remove 'Remove a district; frees its name and external id'
            cand connect 'Create tokens of several apps for one district, or for many'
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
            cand --store 'Path of the store'
            cand --key-file 'Path of the master key file'
            cand --account 'Account to use; required for changes if there is more than one'
            cand --format 'Output format [default: table]'
            cand --field 'Print only this field, as plain text'
            cand --color 'When to use colour [default: auto]'
            cand --json 'Same as --format json'
            cand -q 'Print ids only; check, doctor and audit verify print nothing on success'
            cand --quiet 'Print ids only; check, doctor and audit verify print nothing on success'
            cand -y 'Skip confirmation'
            cand --yes 'Skip confirmation'
            cand -n 'Show what would happen, but change nothing'
            cand --dry-run 'Show what would happen, but change nothing'
            cand --accept-clock 'Proceed although the clock is behind the last record'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
            cand policy 'Show or set when legacy keys are deprecated, limited and refused'
            cand report 'Report which apps still depend on legacy keys'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'gatepass;legacy;policy'= {
            cand --announce 'Date from which responses announce the deprecation'
            cand --limit-from 'Date from which legacy keys are rate-limited'
            cand --limit 'Rate limit of each legacy key, e.g. 200/min'
            cand --sunset 'Date from which legacy keys are refused'
            cand --link 'URL of instructions for developers'
            cand --store 'Path of the store'
            cand --key-file 'Path of the master key file'
            cand --account 'Account to use; required for changes if there is more than one'
            cand --format 'Output format [default: table]'
            cand --field 'Print only this field, as plain text'
            cand --color 'When to use colour [default: auto]'
            cand --no-link 'Remove the link'
            cand --clear 'Remove the policy'
            cand --json 'Same as --format json'
            cand -q 'Print ids only; check, doctor and audit verify print nothing on success'
            cand --quiet 'Print ids only; check, doctor and audit verify print nothing on success'
            cand -y 'Skip confirmation'
            cand --yes 'Skip confirmation'
            cand -n 'Show what would happen, but change nothing'
            cand --dry-run 'Show what would happen, but change nothing'
            cand --accept-clock 'Proceed although the clock is behind the last record'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'gatepass;legacy;report'= {
            cand --days 'Number of days to look back, including today (1–400)'
            cand --store 'Path of the store'
            cand --key-file 'Path of the master key file'
            cand --account 'Account to use; required for changes if there is more than one'
            cand --format 'Output format [default: table]'
            cand --field 'Print only this field, as plain text'
            cand --color 'When to use colour [default: auto]'
            cand --json 'Same as --format json'
            cand -q 'Print ids only; check, doctor and audit verify print nothing on success'
            cand --quiet 'Print ids only; check, doctor and audit verify print nothing on success'
            cand -y 'Skip confirmation'
            cand --yes 'Skip confirmation'
            cand -n 'Show what would happen, but change nothing'
            cand --dry-run 'Show what would happen, but change nothing'
            cand --accept-clock 'Proceed although the clock is behind the last record'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'gatepass;legacy;help'= {
            cand policy 'Show or set when legacy keys are deprecated, limited and refused'
            cand report 'Report which apps still depend on legacy keys'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'gatepass;legacy;help;policy'= {
        }
        &'gatepass;legacy;help;report'= {
        }
        &'gatepass;legacy;help;help'= {
        }
        &'gatepass;account'= {
            cand --store 'Path of the store'
            cand --key-file 'Path of the master key file'
            cand --account 'Account to use; required for changes if there is more than one'
            cand --format 'Output format [default: table]'
            cand --field 'Print only this field, as plain text'
            cand --color 'When to use colour [default: auto]'
            cand --json 'Same as --format json'
            cand -q 'Print ids only; check, doctor and audit verify print nothing on success'
            cand --quiet 'Print ids only; check, doctor and audit verify print nothing on success'
            cand -y 'Skip confirmation'
            cand --yes 'Skip confirmation'
            cand -n 'Show what would happen, but change nothing'
            cand --dry-run 'Show what would happen, but change nothing'
            cand --accept-clock 'Proceed although the clock is behind the last record'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
            cand list 'List accounts'
            cand show 'Show an account'
            cand add 'Add an account'
            cand edit 'Edit an account; its Account ID stays the same'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'gatepass;account;list'= {
            cand --store 'Path of the store'
            cand --key-file 'Path of the master key file'
            cand --account 'Account to use; required for changes if there is more than one'
            cand --format 'Output format [default: table]'
            cand --field 'Print only this field, as plain text'
            cand --color 'When to use colour [default: auto]'
            cand --json 'Same as --format json'
            cand -q 'Print ids only; check, doctor and audit verify print nothing on success'
            cand --quiet 'Print ids only; check, doctor and audit verify print nothing on success'
            cand -y 'Skip confirmation'
            cand --yes 'Skip confirmation'
            cand -n 'Show what would happen, but change nothing'
            cand --dry-run 'Show what would happen, but change nothing'
            cand --accept-clock 'Proceed although the clock is behind the last record'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'gatepass;account;show'= {
            cand --store 'Path of the store'
            cand --key-file 'Path of the master key file'
            cand --account 'Account to use; required for changes if there is more than one'
            cand --format 'Output format [default: table]'
            cand --field 'Print only this field, as plain text'
            cand --color 'When to use colour [default: auto]'
            cand --json 'Same as --format json'
            cand -q 'Print ids only; check, doctor and audit verify print nothing on success'
            cand --quiet 'Print ids only; check, doctor and audit verify print nothing on success'
            cand -y 'Skip confirmation'
            cand --yes 'Skip confirmation'
            cand -n 'Show what would happen, but change nothing'
            cand --dry-run 'Show what would happen, but change nothing'
            cand --accept-clock 'Proceed although the clock is behind the last record'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'gatepass;account;add'= {
            cand --id 'Account ID, e.g. 948-4KK-444Z; generated if omitted'
            cand --region 'Region of its API: eu1, in1, sg1, us1, aps3 or mec1'
            cand --require-user-passcode 'Refuse account passcodes, so that each caller is a named user'
            cand --store 'Path of the store'
            cand --key-file 'Path of the master key file'
            cand --account 'Account to use; required for changes if there is more than one'
            cand --format 'Output format [default: table]'
            cand --field 'Print only this field, as plain text'
            cand --color 'When to use colour [default: auto]'
            cand --json 'Same as --format json'
            cand -q 'Print ids only; check, doctor and audit verify print nothing on success'
            cand --quiet 'Print ids only; check, doctor and audit verify print nothing on success'
            cand -y 'Skip confirmation'
            cand --yes 'Skip confirmation'
            cand -n 'Show what would happen, but change nothing'
            cand --dry-run 'Show what would happen, but change nothing'
            cand --accept-clock 'Proceed although the clock is behind the last record'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'gatepass;account;edit'= {
            cand --name 'New name'
            cand --region 'Region of its API: eu1, in1, sg1, us1, aps3 or mec1'
            cand --require-user-passcode 'Refuse account passcodes, so that each caller is a named user'
            cand --store 'Path of the store'
            cand --key-file 'Path of the master key file'
            cand --account 'Account to use; required for changes if there is more than one'
            cand --format 'Output format [default: table]'
            cand --field 'Print only this field, as plain text'
            cand --color 'When to use colour [default: auto]'
            cand --json 'Same as --format json'
            cand -q 'Print ids only; check, doctor and audit verify print nothing on success'
            cand --quiet 'Print ids only; check, doctor and audit verify print nothing on success'
            cand -y 'Skip confirmation'
            cand --yes 'Skip confirmation'
            cand -n 'Show what would happen, but change nothing'
            cand --dry-run 'Show what would happen, but change nothing'
            cand --accept-clock 'Proceed although the clock is behind the last record'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'gatepass;account;help'= {
            cand list 'List accounts'
            cand show 'Show an account'
            cand add 'Add an account'
            cand edit 'Edit an account; its Account ID stays the same'
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
            cand --store 'Path of the store'
            cand --key-file 'Path of the master key file'
            cand --account 'Account to use; required for changes if there is more than one'
            cand --format 'Output format [default: table]'
            cand --field 'Print only this field, as plain text'
            cand --color 'When to use colour [default: auto]'
            cand --json 'Same as --format json'
            cand -q 'Print ids only; check, doctor and audit verify print nothing on success'
            cand --quiet 'Print ids only; check, doctor and audit verify print nothing on success'
            cand -y 'Skip confirmation'
            cand --yes 'Skip confirmation'
            cand -n 'Show what would happen, but change nothing'
            cand --dry-run 'Show what would happen, but change nothing'
            cand --accept-clock 'Proceed although the clock is behind the last record'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
            cand list 'List changes, oldest first'
            cand show 'Show one record, or find out whether a change was made'
            cand verify 'Verify the whole audit log'
            cand checkpoint 'Print a checkpoint of the audit log, to keep elsewhere'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'gatepass;audit;list'= {
            cand --of 'Only changes of this credential, app, district or account'
            cand --store 'Path of the store'
            cand --key-file 'Path of the master key file'
            cand --account 'Account to use; required for changes if there is more than one'
            cand --format 'Output format [default: table]'
            cand --field 'Print only this field, as plain text'
            cand --color 'When to use colour [default: auto]'
            cand --json 'Same as --format json'
            cand -q 'Print ids only; check, doctor and audit verify print nothing on success'
            cand --quiet 'Print ids only; check, doctor and audit verify print nothing on success'
            cand -y 'Skip confirmation'
            cand --yes 'Skip confirmation'
            cand -n 'Show what would happen, but change nothing'
            cand --dry-run 'Show what would happen, but change nothing'
            cand --accept-clock 'Proceed although the clock is behind the last record'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'gatepass;audit;show'= {
            cand --change 'Show the last record of the change with this id'
            cand --store 'Path of the store'
            cand --key-file 'Path of the master key file'
            cand --account 'Account to use; required for changes if there is more than one'
            cand --format 'Output format [default: table]'
            cand --field 'Print only this field, as plain text'
            cand --color 'When to use colour [default: auto]'
            cand --json 'Same as --format json'
            cand -q 'Print ids only; check, doctor and audit verify print nothing on success'
            cand --quiet 'Print ids only; check, doctor and audit verify print nothing on success'
            cand -y 'Skip confirmation'
            cand --yes 'Skip confirmation'
            cand -n 'Show what would happen, but change nothing'
            cand --dry-run 'Show what would happen, but change nothing'
            cand --accept-clock 'Proceed although the clock is behind the last record'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'gatepass;audit;verify'= {
            cand --against 'Checkpoint file; also prove that the log still extends it'
            cand --store 'Path of the store'
            cand --key-file 'Path of the master key file'
            cand --account 'Account to use; required for changes if there is more than one'
            cand --format 'Output format [default: table]'
            cand --field 'Print only this field, as plain text'
            cand --color 'When to use colour [default: auto]'
            cand --json 'Same as --format json'
            cand -q 'Print ids only; check, doctor and audit verify print nothing on success'
            cand --quiet 'Print ids only; check, doctor and audit verify print nothing on success'
            cand -y 'Skip confirmation'
            cand --yes 'Skip confirmation'
            cand -n 'Show what would happen, but change nothing'
            cand --dry-run 'Show what would happen, but change nothing'
            cand --accept-clock 'Proceed although the clock is behind the last record'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'gatepass;audit;checkpoint'= {
            cand --store 'Path of the store'
            cand --key-file 'Path of the master key file'
            cand --account 'Account to use; required for changes if there is more than one'
            cand --format 'Output format [default: table]'
            cand --field 'Print only this field, as plain text'
            cand --color 'When to use colour [default: auto]'
            cand --json 'Same as --format json'
            cand -q 'Print ids only; check, doctor and audit verify print nothing on success'
            cand --quiet 'Print ids only; check, doctor and audit verify print nothing on success'
            cand -y 'Skip confirmation'
            cand --yes 'Skip confirmation'
            cand -n 'Show what would happen, but change nothing'
            cand --dry-run 'Show what would happen, but change nothing'
            cand --accept-clock 'Proceed although the clock is behind the last record'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'gatepass;audit;help'= {
            cand list 'List changes, oldest first'
            cand show 'Show one record, or find out whether a change was made'
            cand verify 'Verify the whole audit log'
            cand checkpoint 'Print a checkpoint of the audit log, to keep elsewhere'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'gatepass;audit;help;list'= {
        }
        &'gatepass;audit;help;show'= {
        }
        &'gatepass;audit;help;verify'= {
        }
        &'gatepass;audit;help;checkpoint'= {
        }
        &'gatepass;audit;help;help'= {
        }
        &'gatepass;doctor'= {
            cand --store 'Path of the store'
            cand --key-file 'Path of the master key file'
            cand --account 'Account to use; required for changes if there is more than one'
            cand --format 'Output format [default: table]'
            cand --field 'Print only this field, as plain text'
            cand --color 'When to use colour [default: auto]'
            cand --json 'Same as --format json'
            cand -q 'Print ids only; check, doctor and audit verify print nothing on success'
            cand --quiet 'Print ids only; check, doctor and audit verify print nothing on success'
            cand -y 'Skip confirmation'
            cand --yes 'Skip confirmation'
            cand -n 'Show what would happen, but change nothing'
            cand --dry-run 'Show what would happen, but change nothing'
            cand --accept-clock 'Proceed although the clock is behind the last record'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'gatepass;key'= {
            cand --store 'Path of the store'
            cand --key-file 'Path of the master key file'
            cand --account 'Account to use; required for changes if there is more than one'
            cand --format 'Output format [default: table]'
            cand --field 'Print only this field, as plain text'
            cand --color 'When to use colour [default: auto]'
            cand --json 'Same as --format json'
            cand -q 'Print ids only; check, doctor and audit verify print nothing on success'
            cand --quiet 'Print ids only; check, doctor and audit verify print nothing on success'
            cand -y 'Skip confirmation'
            cand --yes 'Skip confirmation'
            cand -n 'Show what would happen, but change nothing'
            cand --dry-run 'Show what would happen, but change nothing'
            cand --accept-clock 'Proceed although the clock is behind the last record'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
            cand export 'Copy the key to a new file or to stdout'
            cand import 'Restore the key from a copy'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'gatepass;key;export'= {
            cand --out 'New file for the key; stdout if omitted'
            cand --store 'Path of the store'
            cand --key-file 'Path of the master key file'
            cand --account 'Account to use; required for changes if there is more than one'
            cand --format 'Output format [default: table]'
            cand --field 'Print only this field, as plain text'
            cand --color 'When to use colour [default: auto]'
            cand --json 'Same as --format json'
            cand -q 'Print ids only; check, doctor and audit verify print nothing on success'
            cand --quiet 'Print ids only; check, doctor and audit verify print nothing on success'
            cand -y 'Skip confirmation'
            cand --yes 'Skip confirmation'
            cand -n 'Show what would happen, but change nothing'
            cand --dry-run 'Show what would happen, but change nothing'
            cand --accept-clock 'Proceed although the clock is behind the last record'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'gatepass;key;import'= {
            cand --store 'Path of the store'
            cand --key-file 'Path of the master key file'
            cand --account 'Account to use; required for changes if there is more than one'
            cand --format 'Output format [default: table]'
            cand --field 'Print only this field, as plain text'
            cand --color 'When to use colour [default: auto]'
            cand --json 'Same as --format json'
            cand -q 'Print ids only; check, doctor and audit verify print nothing on success'
            cand --quiet 'Print ids only; check, doctor and audit verify print nothing on success'
            cand -y 'Skip confirmation'
            cand --yes 'Skip confirmation'
            cand -n 'Show what would happen, but change nothing'
            cand --dry-run 'Show what would happen, but change nothing'
            cand --accept-clock 'Proceed although the clock is behind the last record'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'gatepass;key;help'= {
            cand export 'Copy the key to a new file or to stdout'
            cand import 'Restore the key from a copy'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'gatepass;key;help;export'= {
        }
        &'gatepass;key;help;import'= {
        }
        &'gatepass;key;help;help'= {
        }
        &'gatepass;store'= {
            cand --store 'Path of the store'
            cand --key-file 'Path of the master key file'
            cand --account 'Account to use; required for changes if there is more than one'
            cand --format 'Output format [default: table]'
            cand --field 'Print only this field, as plain text'
            cand --color 'When to use colour [default: auto]'
            cand --json 'Same as --format json'
            cand -q 'Print ids only; check, doctor and audit verify print nothing on success'
            cand --quiet 'Print ids only; check, doctor and audit verify print nothing on success'
            cand -y 'Skip confirmation'
            cand --yes 'Skip confirmation'
            cand -n 'Show what would happen, but change nothing'
            cand --dry-run 'Show what would happen, but change nothing'
            cand --accept-clock 'Proceed although the clock is behind the last record'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
            cand migrate 'Migrate a store of an older version'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'gatepass;store;migrate'= {
            cand --store 'Path of the store'
            cand --key-file 'Path of the master key file'
            cand --account 'Account to use; required for changes if there is more than one'
            cand --format 'Output format [default: table]'
            cand --field 'Print only this field, as plain text'
            cand --color 'When to use colour [default: auto]'
            cand --json 'Same as --format json'
            cand -q 'Print ids only; check, doctor and audit verify print nothing on success'
            cand --quiet 'Print ids only; check, doctor and audit verify print nothing on success'
            cand -y 'Skip confirmation'
            cand --yes 'Skip confirmation'
            cand -n 'Show what would happen, but change nothing'
            cand --dry-run 'Show what would happen, but change nothing'
            cand --accept-clock 'Proceed although the clock is behind the last record'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'gatepass;store;help'= {
            cand migrate 'Migrate a store of an older version'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'gatepass;store;help;migrate'= {
        }
        &'gatepass;store;help;help'= {
        }
        &'gatepass;schema'= {
            cand --store 'Path of the store'
            cand --key-file 'Path of the master key file'
            cand --account 'Account to use; required for changes if there is more than one'
            cand --format 'Output format [default: table]'
            cand --field 'Print only this field, as plain text'
            cand --color 'When to use colour [default: auto]'
            cand --json 'Same as --format json'
            cand -q 'Print ids only; check, doctor and audit verify print nothing on success'
            cand --quiet 'Print ids only; check, doctor and audit verify print nothing on success'
            cand -y 'Skip confirmation'
            cand --yes 'Skip confirmation'
            cand -n 'Show what would happen, but change nothing'
            cand --dry-run 'Show what would happen, but change nothing'
            cand --accept-clock 'Proceed although the clock is behind the last record'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
            cand list 'List schema names'
            cand show 'Show a schema'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'gatepass;schema;list'= {
            cand --store 'Path of the store'
            cand --key-file 'Path of the master key file'
            cand --account 'Account to use; required for changes if there is more than one'
            cand --format 'Output format [default: table]'
            cand --field 'Print only this field, as plain text'
            cand --color 'When to use colour [default: auto]'
            cand --json 'Same as --format json'
            cand -q 'Print ids only; check, doctor and audit verify print nothing on success'
            cand --quiet 'Print ids only; check, doctor and audit verify print nothing on success'
            cand -y 'Skip confirmation'
            cand --yes 'Skip confirmation'
            cand -n 'Show what would happen, but change nothing'
            cand --dry-run 'Show what would happen, but change nothing'
            cand --accept-clock 'Proceed although the clock is behind the last record'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'gatepass;schema;show'= {
            cand --store 'Path of the store'
            cand --key-file 'Path of the master key file'
            cand --account 'Account to use; required for changes if there is more than one'
            cand --format 'Output format [default: table]'
            cand --field 'Print only this field, as plain text'
            cand --color 'When to use colour [default: auto]'
            cand --json 'Same as --format json'
            cand -q 'Print ids only; check, doctor and audit verify print nothing on success'
            cand --quiet 'Print ids only; check, doctor and audit verify print nothing on success'
            cand -y 'Skip confirmation'
            cand --yes 'Skip confirmation'
            cand -n 'Show what would happen, but change nothing'
            cand --dry-run 'Show what would happen, but change nothing'
            cand --accept-clock 'Proceed although the clock is behind the last record'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'gatepass;schema;help'= {
            cand list 'List schema names'
            cand show 'Show a schema'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'gatepass;schema;help;list'= {
        }
        &'gatepass;schema;help;show'= {
        }
        &'gatepass;schema;help;help'= {
        }
        &'gatepass;proxy-config'= {
            cand --listen 'Address that the proxy listens on'
            cand --gate 'Address of gatepass serve: IP:PORT or unix:PATH'
            cand --backend 'Address of the protected API'
            cand --store 'Path of the store'
            cand --key-file 'Path of the master key file'
            cand --account 'Account to use; required for changes if there is more than one'
            cand --format 'Output format [default: table]'
            cand --field 'Print only this field, as plain text'
            cand --color 'When to use colour [default: auto]'
            cand --lua 'Print gatepass.lua instead, the script that the HAProxy configuration loads'
            cand --json 'Same as --format json'
            cand -q 'Print ids only; check, doctor and audit verify print nothing on success'
            cand --quiet 'Print ids only; check, doctor and audit verify print nothing on success'
            cand -y 'Skip confirmation'
            cand --yes 'Skip confirmation'
            cand -n 'Show what would happen, but change nothing'
            cand --dry-run 'Show what would happen, but change nothing'
            cand --accept-clock 'Proceed although the clock is behind the last record'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'gatepass;completions'= {
            cand --store 'Path of the store'
            cand --key-file 'Path of the master key file'
            cand --account 'Account to use; required for changes if there is more than one'
            cand --format 'Output format [default: table]'
            cand --field 'Print only this field, as plain text'
            cand --color 'When to use colour [default: auto]'
            cand --json 'Same as --format json'
            cand -q 'Print ids only; check, doctor and audit verify print nothing on success'
            cand --quiet 'Print ids only; check, doctor and audit verify print nothing on success'
            cand -y 'Skip confirmation'
            cand --yes 'Skip confirmation'
            cand -n 'Show what would happen, but change nothing'
            cand --dry-run 'Show what would happen, but change nothing'
            cand --accept-clock 'Proceed although the clock is behind the last record'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'gatepass;man'= {
            cand --dir 'Write all pages to this existing directory'
            cand --store 'Path of the store'
            cand --key-file 'Path of the master key file'
            cand --account 'Account to use; required for changes if there is more than one'
            cand --format 'Output format [default: table]'
            cand --field 'Print only this field, as plain text'
            cand --color 'When to use colour [default: auto]'
            cand --json 'Same as --format json'
            cand -q 'Print ids only; check, doctor and audit verify print nothing on success'
            cand --quiet 'Print ids only; check, doctor and audit verify print nothing on success'
            cand -y 'Skip confirmation'
            cand --yes 'Skip confirmation'
            cand -n 'Show what would happen, but change nothing'
            cand --dry-run 'Show what would happen, but change nothing'
            cand --accept-clock 'Proceed although the clock is behind the last record'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'gatepass;help'= {
            cand create 'Create a passcode for a partner; the secret is shown once'
            cand list 'List credentials'
            cand show 'Show a credential, but never its secret'
            cand edit 'Edit a credential; its id and secret stay the same'
            cand delete 'Delete credentials; frees their names and slots'
            cand grant-user 'Create a user''s passcode, or many from a CSV file'
            cand grant-app 'Create the token of an app for a district'
            cand reset 'Rotate secrets; id, name and expiry stay the same'
            cand revoke 'Revoke credentials but keep them listed'
            cand verify 'Identify a secret and check that it is valid (see exit codes)'
            cand check 'Report expired and soon-to-expire credentials'
            cand deliver 'Send pending webhook messages to apps, then exit'
            cand serve 'Run the authorization server that proxies query'
            cand app 'Add, list, show, edit, reset and remove apps'
            cand district 'Add, list, show, edit, connect and remove districts'
            cand legacy 'Phase out legacy API keys'
            cand account 'List, show, add and edit accounts'
            cand audit 'List, show and verify the audit log'
            cand doctor 'Check the integrity of store, key and audit log'
            cand key 'Back up and restore the master key'
            cand store 'Migrate the store to the version that this gatepass requires'
            cand schema 'List and show the JSON Schemas of the output'
            cand proxy-config 'Print a proxy configuration that queries gatepass serve'
            cand completions 'Print a completion script for a shell'
            cand man 'Print the man page, or write all man pages to a directory'
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
            cand add 'Add an app; its client secret is shown once'
            cand list 'List apps'
            cand show 'Show an app, but never its client secret'
            cand edit 'Edit an app; its ids and client secret stay the same'
            cand reset 'Generate a new client secret, shown once'
            cand remove 'Remove an app; frees its name'
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
            cand add 'Add a district'
            cand list 'List districts'
            cand show 'Show a district'
            cand edit 'Edit a district; its id stays the same'
            cand remove 'Remove a district; frees its name and external id'
            cand connect 'Create tokens of several apps for one district, or for many'
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
            cand policy 'Show or set when legacy keys are deprecated, limited and refused'
            cand report 'Report which apps still depend on legacy keys'
        }
        &'gatepass;help;legacy;policy'= {
        }
        &'gatepass;help;legacy;report'= {
        }
        &'gatepass;help;account'= {
            cand list 'List accounts'
            cand show 'Show an account'
            cand add 'Add an account'
            cand edit 'Edit an account; its Account ID stays the same'
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
            cand list 'List changes, oldest first'
            cand show 'Show one record, or find out whether a change was made'
            cand verify 'Verify the whole audit log'
            cand checkpoint 'Print a checkpoint of the audit log, to keep elsewhere'
        }
        &'gatepass;help;audit;list'= {
        }
        &'gatepass;help;audit;show'= {
        }
        &'gatepass;help;audit;verify'= {
        }
        &'gatepass;help;audit;checkpoint'= {
        }
        &'gatepass;help;doctor'= {
        }
        &'gatepass;help;key'= {
            cand export 'Copy the key to a new file or to stdout'
            cand import 'Restore the key from a copy'
        }
        &'gatepass;help;key;export'= {
        }
        &'gatepass;help;key;import'= {
        }
        &'gatepass;help;store'= {
            cand migrate 'Migrate a store of an older version'
        }
        &'gatepass;help;store;migrate'= {
        }
        &'gatepass;help;schema'= {
            cand list 'List schema names'
            cand show 'Show a schema'
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
