
using namespace System.Management.Automation
using namespace System.Management.Automation.Language

Register-ArgumentCompleter -Native -CommandName 'gatepass' -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)

    $commandElements = $commandAst.CommandElements
    $command = @(
        'gatepass'
        for ($i = 1; $i -lt $commandElements.Count; $i++) {
            $element = $commandElements[$i]
            if ($element -isnot [StringConstantExpressionAst] -or
                $element.StringConstantType -ne [StringConstantType]::BareWord -or
                $element.Value.StartsWith('-') -or
                $element.Value -eq $wordToComplete) {
                break
        }
        $element.Value
    }) -join ';'

    $completions = @(switch ($command) {
        'gatepass' {
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'The store [default: gatepass/store.db in the user''s data directory]')
            [CompletionResult]::new('--key-file', '--key-file', [CompletionResultType]::ParameterName, 'The file of the master key [default: gatepass/key in the user''s configuration directory]')
            [CompletionResult]::new('--account', '--account', [CompletionResultType]::ParameterName, 'The account to work on, by its Account ID; with several, changes need it')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How data is written to stdout [default: table]')
            [CompletionResult]::new('--field', '--field', [CompletionResultType]::ParameterName, 'Only this field of the JSON output, as plain text')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour [default: auto]')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Short for --format json')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Ids only; of check, doctor and audit verify nothing when all is well')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Ids only; of check, doctor and audit verify nothing when all is well')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Don''t ask, do it')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Don''t ask, do it')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Show what would happen, and change nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would happen, and change nothing')
            [CompletionResult]::new('--accept-clock', '--accept-clock', [CompletionResultType]::ParameterName, 'Believe a clock that is behind the store''s last record')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('create', 'create', [CompletionResultType]::ParameterValue, 'Makes an account passcode for one partner and shows its secret once')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'Lists credentials')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Shows one credential; never its secret')
            [CompletionResult]::new('edit', 'edit', [CompletionResultType]::ParameterValue, 'Changes name, note, lifetime, what a token is good for, or the right to introspect; the id and the secret stay')
            [CompletionResult]::new('delete', 'delete', [CompletionResultType]::ParameterValue, 'Ends credentials at once and takes them off the list; their names and places are free again')
            [CompletionResult]::new('grant-user', 'grant-user', [CompletionResultType]::ParameterValue, 'Makes the passcode of one user and shows its secret once, or of many from a CSV file')
            [CompletionResult]::new('grant-app', 'grant-app', [CompletionResultType]::ParameterValue, 'Makes the token of an app for a district, and shows its secret once')
            [CompletionResult]::new('reset', 'reset', [CompletionResultType]::ParameterValue, 'Gives credentials new secrets, shown once; their ids, names and ends stay')
            [CompletionResult]::new('revoke', 'revoke', [CompletionResultType]::ParameterValue, 'Ends credentials at once and keeps them listed as revoked, with who, when and why')
            [CompletionResult]::new('verify', 'verify', [CompletionResultType]::ParameterValue, 'Tells whose secret it is and whether it is good; the exit code tells, too')
            [CompletionResult]::new('check', 'check', [CompletionResultType]::ParameterValue, 'Tells cron and monitoring what has expired and what soon will')
            [CompletionResult]::new('deliver', 'deliver', [CompletionResultType]::ParameterValue, 'Tells apps of their tokens: sends all messages that are due, once, and ends')
            [CompletionResult]::new('serve', 'serve', [CompletionResultType]::ParameterValue, 'Answers proxies that ask whether a request may pass')
            [CompletionResult]::new('app', 'app', [CompletionResultType]::ParameterValue, 'Adds, lists, shows, changes, resets and removes apps')
            [CompletionResult]::new('district', 'district', [CompletionResultType]::ParameterValue, 'Adds, lists, shows, changes, connects and removes districts')
            [CompletionResult]::new('legacy', 'legacy', [CompletionResultType]::ParameterValue, 'Leads apps away from the keys that they had before there were tokens')
            [CompletionResult]::new('account', 'account', [CompletionResultType]::ParameterValue, 'Lists, shows, adds and changes accounts')
            [CompletionResult]::new('audit', 'audit', [CompletionResultType]::ParameterValue, 'Lists and verifies the log of changes')
            [CompletionResult]::new('doctor', 'doctor', [CompletionResultType]::ParameterValue, 'Examines store, key and log: every record against its seal, its neighbours and its last audit record')
            [CompletionResult]::new('key', 'key', [CompletionResultType]::ParameterValue, 'Copies the master key for escrow, and brings it back')
            [CompletionResult]::new('schema', 'schema', [CompletionResultType]::ParameterValue, 'Lists and shows the JSON Schemas of the output')
            [CompletionResult]::new('proxy-config', 'proxy-config', [CompletionResultType]::ParameterValue, 'Prints the configuration of a proxy that asks gatepass serve before each request')
            [CompletionResult]::new('completions', 'completions', [CompletionResultType]::ParameterValue, 'Prints a completion script for a shell')
            [CompletionResult]::new('man', 'man', [CompletionResultType]::ParameterValue, 'Prints the man page of gatepass, or writes the pages of all its subcommands to a directory')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'gatepass;create' {
            [CompletionResult]::new('--days', '--days', [CompletionResultType]::ParameterName, 'For this many days of 24 hours, 1 to 365')
            [CompletionResult]::new('--until', '--until', [CompletionResultType]::ParameterName, 'Until the end of a date (UTC) or an RFC 3339 instant, within 365 days')
            [CompletionResult]::new('--note', '--note', [CompletionResultType]::ParameterName, 'A free text, shown in lists')
            [CompletionResult]::new('--out', '--out', [CompletionResultType]::ParameterName, 'Write the secret to this new file, readable by you alone, instead of showing it')
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'The store [default: gatepass/store.db in the user''s data directory]')
            [CompletionResult]::new('--key-file', '--key-file', [CompletionResultType]::ParameterName, 'The file of the master key [default: gatepass/key in the user''s configuration directory]')
            [CompletionResult]::new('--account', '--account', [CompletionResultType]::ParameterName, 'The account to work on, by its Account ID; with several, changes need it')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How data is written to stdout [default: table]')
            [CompletionResult]::new('--field', '--field', [CompletionResultType]::ParameterName, 'Only this field of the JSON output, as plain text')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour [default: auto]')
            [CompletionResult]::new('--infinite', '--infinite', [CompletionResultType]::ParameterName, 'For ten years')
            [CompletionResult]::new('--forever', '--forever', [CompletionResultType]::ParameterName, 'Without an end')
            [CompletionResult]::new('--if-missing', '--if-missing', [CompletionResultType]::ParameterName, 'Succeed without a secret when a passcode of that name is good already')
            [CompletionResult]::new('--copy', '--copy', [CompletionResultType]::ParameterName, 'Put the secret on the terminal''s clipboard, too')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Short for --format json')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Ids only; of check, doctor and audit verify nothing when all is well')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Ids only; of check, doctor and audit verify nothing when all is well')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Don''t ask, do it')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Don''t ask, do it')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Show what would happen, and change nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would happen, and change nothing')
            [CompletionResult]::new('--accept-clock', '--accept-clock', [CompletionResultType]::ParameterName, 'Believe a clock that is behind the store''s last record')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'gatepass;list' {
            [CompletionResult]::new('--kind', '--kind', [CompletionResultType]::ParameterName, 'Only these kinds: account, user, token, legacy')
            [CompletionResult]::new('--state', '--state', [CompletionResultType]::ParameterName, 'Only in these states: active, expiring, expired, revoked, deleted')
            [CompletionResult]::new('--expiring', '--expiring', [CompletionResultType]::ParameterName, 'Only what has expired or will within so many days (30 if none are given), and is neither revoked nor deleted')
            [CompletionResult]::new('--unused', '--unused', [CompletionResultType]::ParameterName, 'Only what was not used for so many days; what never was counts from when it was made')
            [CompletionResult]::new('--user', '--user', [CompletionResultType]::ParameterName, 'Only the passcodes of this user')
            [CompletionResult]::new('--app', '--app', [CompletionResultType]::ParameterName, 'Only the tokens of this app, and its legacy key: its name, id or client id')
            [CompletionResult]::new('--district', '--district', [CompletionResultType]::ParameterName, 'Only the tokens for this district: its name, id or external id')
            [CompletionResult]::new('--name', '--name', [CompletionResultType]::ParameterName, 'Only names and addresses that fit this pattern, of apps and districts, too: * any text, ? any character, [a-c] one of these')
            [CompletionResult]::new('--sort', '--sort', [CompletionResultType]::ParameterName, 'The order of the list')
            [CompletionResult]::new('--limit', '--limit', [CompletionResultType]::ParameterName, 'At most so many')
            [CompletionResult]::new('--at', '--at', [CompletionResultType]::ParameterName, 'The list as it will be at the beginning of a date (UTC), or at an RFC 3339 instant')
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'The store [default: gatepass/store.db in the user''s data directory]')
            [CompletionResult]::new('--key-file', '--key-file', [CompletionResultType]::ParameterName, 'The file of the master key [default: gatepass/key in the user''s configuration directory]')
            [CompletionResult]::new('--account', '--account', [CompletionResultType]::ParameterName, 'The account to work on, by its Account ID; with several, changes need it')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How data is written to stdout [default: table]')
            [CompletionResult]::new('--field', '--field', [CompletionResultType]::ParameterName, 'Only this field of the JSON output, as plain text')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour [default: auto]')
            [CompletionResult]::new('--all', '--all', [CompletionResultType]::ParameterName, 'Those that were deleted, too')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Short for --format json')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Ids only; of check, doctor and audit verify nothing when all is well')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Ids only; of check, doctor and audit verify nothing when all is well')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Don''t ask, do it')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Don''t ask, do it')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Show what would happen, and change nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would happen, and change nothing')
            [CompletionResult]::new('--accept-clock', '--accept-clock', [CompletionResultType]::ParameterName, 'Believe a clock that is behind the store''s last record')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'gatepass;show' {
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'The store [default: gatepass/store.db in the user''s data directory]')
            [CompletionResult]::new('--key-file', '--key-file', [CompletionResultType]::ParameterName, 'The file of the master key [default: gatepass/key in the user''s configuration directory]')
            [CompletionResult]::new('--account', '--account', [CompletionResultType]::ParameterName, 'The account to work on, by its Account ID; with several, changes need it')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How data is written to stdout [default: table]')
            [CompletionResult]::new('--field', '--field', [CompletionResultType]::ParameterName, 'Only this field of the JSON output, as plain text')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour [default: auto]')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Short for --format json')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Ids only; of check, doctor and audit verify nothing when all is well')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Ids only; of check, doctor and audit verify nothing when all is well')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Don''t ask, do it')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Don''t ask, do it')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Show what would happen, and change nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would happen, and change nothing')
            [CompletionResult]::new('--accept-clock', '--accept-clock', [CompletionResultType]::ParameterName, 'Believe a clock that is behind the store''s last record')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'gatepass;edit' {
            [CompletionResult]::new('--name', '--name', [CompletionResultType]::ParameterName, 'A new name')
            [CompletionResult]::new('--note', '--note', [CompletionResultType]::ParameterName, 'A new note')
            [CompletionResult]::new('--scope', '--scope', [CompletionResultType]::ParameterName, 'What a token is good for from now on, all of it; may be given several times, or hold several with spaces or commas')
            [CompletionResult]::new('--limit', '--limit', [CompletionResultType]::ParameterName, 'How many requests a minute a token is good for, such as 600/min')
            [CompletionResult]::new('--introspect', '--introspect', [CompletionResultType]::ParameterName, 'Whether its holder may ask the gate whose secret another one is; only for account passcodes')
            [CompletionResult]::new('--days', '--days', [CompletionResultType]::ParameterName, 'For this many days of 24 hours, 1 to 365')
            [CompletionResult]::new('--until', '--until', [CompletionResultType]::ParameterName, 'Until the end of a date (UTC) or an RFC 3339 instant, within 365 days')
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'The store [default: gatepass/store.db in the user''s data directory]')
            [CompletionResult]::new('--key-file', '--key-file', [CompletionResultType]::ParameterName, 'The file of the master key [default: gatepass/key in the user''s configuration directory]')
            [CompletionResult]::new('--account', '--account', [CompletionResultType]::ParameterName, 'The account to work on, by its Account ID; with several, changes need it')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How data is written to stdout [default: table]')
            [CompletionResult]::new('--field', '--field', [CompletionResultType]::ParameterName, 'Only this field of the JSON output, as plain text')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour [default: auto]')
            [CompletionResult]::new('--no-note', '--no-note', [CompletionResultType]::ParameterName, 'Take the note away')
            [CompletionResult]::new('--no-limit', '--no-limit', [CompletionResultType]::ParameterName, 'Leave a token''s limit to its app')
            [CompletionResult]::new('--infinite', '--infinite', [CompletionResultType]::ParameterName, 'For ten years')
            [CompletionResult]::new('--forever', '--forever', [CompletionResultType]::ParameterName, 'Without an end')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Short for --format json')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Ids only; of check, doctor and audit verify nothing when all is well')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Ids only; of check, doctor and audit verify nothing when all is well')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Don''t ask, do it')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Don''t ask, do it')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Show what would happen, and change nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would happen, and change nothing')
            [CompletionResult]::new('--accept-clock', '--accept-clock', [CompletionResultType]::ParameterName, 'Believe a clock that is behind the store''s last record')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'gatepass;delete' {
            [CompletionResult]::new('--older-than', '--older-than', [CompletionResultType]::ParameterName, 'With --expired, only those that expired at least so long ago, such as 30d')
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'The store [default: gatepass/store.db in the user''s data directory]')
            [CompletionResult]::new('--key-file', '--key-file', [CompletionResultType]::ParameterName, 'The file of the master key [default: gatepass/key in the user''s configuration directory]')
            [CompletionResult]::new('--account', '--account', [CompletionResultType]::ParameterName, 'The account to work on, by its Account ID; with several, changes need it')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How data is written to stdout [default: table]')
            [CompletionResult]::new('--field', '--field', [CompletionResultType]::ParameterName, 'Only this field of the JSON output, as plain text')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour [default: auto]')
            [CompletionResult]::new('--expired', '--expired', [CompletionResultType]::ParameterName, 'All that have expired, of every kind')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Short for --format json')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Ids only; of check, doctor and audit verify nothing when all is well')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Ids only; of check, doctor and audit verify nothing when all is well')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Don''t ask, do it')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Don''t ask, do it')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Show what would happen, and change nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would happen, and change nothing')
            [CompletionResult]::new('--accept-clock', '--accept-clock', [CompletionResultType]::ParameterName, 'Believe a clock that is behind the store''s last record')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'gatepass;grant-user' {
            [CompletionResult]::new('--from', '--from', [CompletionResultType]::ParameterName, 'A CSV file of many users')
            [CompletionResult]::new('--days', '--days', [CompletionResultType]::ParameterName, 'For this many days of 24 hours, 1 to 365')
            [CompletionResult]::new('--until', '--until', [CompletionResultType]::ParameterName, 'Until the end of a date (UTC) or an RFC 3339 instant, within 365 days')
            [CompletionResult]::new('--note', '--note', [CompletionResultType]::ParameterName, 'A free text, shown in lists')
            [CompletionResult]::new('--out', '--out', [CompletionResultType]::ParameterName, 'Write the secret to this new file, readable by you alone, instead of showing it')
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'The store [default: gatepass/store.db in the user''s data directory]')
            [CompletionResult]::new('--key-file', '--key-file', [CompletionResultType]::ParameterName, 'The file of the master key [default: gatepass/key in the user''s configuration directory]')
            [CompletionResult]::new('--account', '--account', [CompletionResultType]::ParameterName, 'The account to work on, by its Account ID; with several, changes need it')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How data is written to stdout [default: table]')
            [CompletionResult]::new('--field', '--field', [CompletionResultType]::ParameterName, 'Only this field of the JSON output, as plain text')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour [default: auto]')
            [CompletionResult]::new('--infinite', '--infinite', [CompletionResultType]::ParameterName, 'For ten years')
            [CompletionResult]::new('--copy', '--copy', [CompletionResultType]::ParameterName, 'Put the secret on the terminal''s clipboard, too')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Short for --format json')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Ids only; of check, doctor and audit verify nothing when all is well')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Ids only; of check, doctor and audit verify nothing when all is well')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Don''t ask, do it')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Don''t ask, do it')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Show what would happen, and change nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would happen, and change nothing')
            [CompletionResult]::new('--accept-clock', '--accept-clock', [CompletionResultType]::ParameterName, 'Believe a clock that is behind the store''s last record')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'gatepass;grant-app' {
            [CompletionResult]::new('--district', '--district', [CompletionResultType]::ParameterName, 'The district: its name, id or external id')
            [CompletionResult]::new('--scope', '--scope', [CompletionResultType]::ParameterName, 'What is shared, such as read:students; may be given several times, or hold several with spaces or commas')
            [CompletionResult]::new('--limit', '--limit', [CompletionResultType]::ParameterName, 'How many requests a minute a token is good for, such as 600/min, where that is not what its app says')
            [CompletionResult]::new('--days', '--days', [CompletionResultType]::ParameterName, 'For this many days of 24 hours, 1 to 365')
            [CompletionResult]::new('--until', '--until', [CompletionResultType]::ParameterName, 'Until the end of a date (UTC) or an RFC 3339 instant, within 365 days')
            [CompletionResult]::new('--note', '--note', [CompletionResultType]::ParameterName, 'A free text, shown in lists')
            [CompletionResult]::new('--out', '--out', [CompletionResultType]::ParameterName, 'Write the secret to this new file, readable by you alone, instead of showing it')
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'The store [default: gatepass/store.db in the user''s data directory]')
            [CompletionResult]::new('--key-file', '--key-file', [CompletionResultType]::ParameterName, 'The file of the master key [default: gatepass/key in the user''s configuration directory]')
            [CompletionResult]::new('--account', '--account', [CompletionResultType]::ParameterName, 'The account to work on, by its Account ID; with several, changes need it')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How data is written to stdout [default: table]')
            [CompletionResult]::new('--field', '--field', [CompletionResultType]::ParameterName, 'Only this field of the JSON output, as plain text')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour [default: auto]')
            [CompletionResult]::new('--infinite', '--infinite', [CompletionResultType]::ParameterName, 'For ten years')
            [CompletionResult]::new('--forever', '--forever', [CompletionResultType]::ParameterName, 'Without an end')
            [CompletionResult]::new('--pickup', '--pickup', [CompletionResultType]::ParameterName, 'Make no secret: the app makes it when it first asks for it, and nobody else sees it')
            [CompletionResult]::new('--copy', '--copy', [CompletionResultType]::ParameterName, 'Put the secret on the terminal''s clipboard, too')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Short for --format json')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Ids only; of check, doctor and audit verify nothing when all is well')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Ids only; of check, doctor and audit verify nothing when all is well')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Don''t ask, do it')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Don''t ask, do it')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Show what would happen, and change nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would happen, and change nothing')
            [CompletionResult]::new('--accept-clock', '--accept-clock', [CompletionResultType]::ParameterName, 'Believe a clock that is behind the store''s last record')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'gatepass;reset' {
            [CompletionResult]::new('--overlap', '--overlap', [CompletionResultType]::ParameterName, 'Let the old secret live on so long, such as 12h, 7d or 2w')
            [CompletionResult]::new('--days', '--days', [CompletionResultType]::ParameterName, 'For this many days of 24 hours, 1 to 365')
            [CompletionResult]::new('--until', '--until', [CompletionResultType]::ParameterName, 'Until the end of a date (UTC) or an RFC 3339 instant, within 365 days')
            [CompletionResult]::new('--out', '--out', [CompletionResultType]::ParameterName, 'Write the secret to this new file, readable by you alone, instead of showing it')
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'The store [default: gatepass/store.db in the user''s data directory]')
            [CompletionResult]::new('--key-file', '--key-file', [CompletionResultType]::ParameterName, 'The file of the master key [default: gatepass/key in the user''s configuration directory]')
            [CompletionResult]::new('--account', '--account', [CompletionResultType]::ParameterName, 'The account to work on, by its Account ID; with several, changes need it')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How data is written to stdout [default: table]')
            [CompletionResult]::new('--field', '--field', [CompletionResultType]::ParameterName, 'Only this field of the JSON output, as plain text')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour [default: auto]')
            [CompletionResult]::new('--until-used', '--until-used', [CompletionResultType]::ParameterName, 'Let the old secret live on until the new one is used, or as long as --overlap says')
            [CompletionResult]::new('--infinite', '--infinite', [CompletionResultType]::ParameterName, 'For ten years')
            [CompletionResult]::new('--forever', '--forever', [CompletionResultType]::ParameterName, 'Without an end')
            [CompletionResult]::new('--copy', '--copy', [CompletionResultType]::ParameterName, 'Put the secret on the terminal''s clipboard, too')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Short for --format json')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Ids only; of check, doctor and audit verify nothing when all is well')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Ids only; of check, doctor and audit verify nothing when all is well')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Don''t ask, do it')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Don''t ask, do it')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Show what would happen, and change nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would happen, and change nothing')
            [CompletionResult]::new('--accept-clock', '--accept-clock', [CompletionResultType]::ParameterName, 'Believe a clock that is behind the store''s last record')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'gatepass;revoke' {
            [CompletionResult]::new('--reason', '--reason', [CompletionResultType]::ParameterName, 'Why: key-compromise, superseded, no-longer-needed or privilege-withdrawn')
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'The store [default: gatepass/store.db in the user''s data directory]')
            [CompletionResult]::new('--key-file', '--key-file', [CompletionResultType]::ParameterName, 'The file of the master key [default: gatepass/key in the user''s configuration directory]')
            [CompletionResult]::new('--account', '--account', [CompletionResultType]::ParameterName, 'The account to work on, by its Account ID; with several, changes need it')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How data is written to stdout [default: table]')
            [CompletionResult]::new('--field', '--field', [CompletionResultType]::ParameterName, 'Only this field of the JSON output, as plain text')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour [default: auto]')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Short for --format json')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Ids only; of check, doctor and audit verify nothing when all is well')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Ids only; of check, doctor and audit verify nothing when all is well')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Don''t ask, do it')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Don''t ask, do it')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Show what would happen, and change nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would happen, and change nothing')
            [CompletionResult]::new('--accept-clock', '--accept-clock', [CompletionResultType]::ParameterName, 'Believe a clock that is behind the store''s last record')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'gatepass;verify' {
            [CompletionResult]::new('--scope', '--scope', [CompletionResultType]::ParameterName, 'Demand this scope, such as read:students; may be given several times, or hold several with spaces or commas')
            [CompletionResult]::new('--district', '--district', [CompletionResultType]::ParameterName, 'Demand that it is good for this district: its name, id or external id')
            [CompletionResult]::new('--app', '--app', [CompletionResultType]::ParameterName, 'Demand that it belongs to this app: its name, id or client id')
            [CompletionResult]::new('--region', '--region', [CompletionResultType]::ParameterName, 'Decide for the API of this region: eu1, in1, sg1, us1, aps3 or mec1')
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'The store [default: gatepass/store.db in the user''s data directory]')
            [CompletionResult]::new('--key-file', '--key-file', [CompletionResultType]::ParameterName, 'The file of the master key [default: gatepass/key in the user''s configuration directory]')
            [CompletionResult]::new('--account', '--account', [CompletionResultType]::ParameterName, 'The account to work on, by its Account ID; with several, changes need it')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How data is written to stdout [default: table]')
            [CompletionResult]::new('--field', '--field', [CompletionResultType]::ParameterName, 'Only this field of the JSON output, as plain text')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour [default: auto]')
            [CompletionResult]::new('--headers', '--headers', [CompletionResultType]::ParameterName, 'Read the header lines of one request, or the output of curl -v')
            [CompletionResult]::new('--legacy', '--legacy', [CompletionResultType]::ParameterName, 'Read a key of old, from before there were tokens')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Short for --format json')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Ids only; of check, doctor and audit verify nothing when all is well')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Ids only; of check, doctor and audit verify nothing when all is well')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Don''t ask, do it')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Don''t ask, do it')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Show what would happen, and change nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would happen, and change nothing')
            [CompletionResult]::new('--accept-clock', '--accept-clock', [CompletionResultType]::ParameterName, 'Believe a clock that is behind the store''s last record')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'gatepass;check' {
            [CompletionResult]::new('--warn', '--warn', [CompletionResultType]::ParameterName, 'Warn of what expires within so many days')
            [CompletionResult]::new('--crit', '--crit', [CompletionResultType]::ParameterName, 'Call critical what expires within so many days, or has expired')
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'The store [default: gatepass/store.db in the user''s data directory]')
            [CompletionResult]::new('--key-file', '--key-file', [CompletionResultType]::ParameterName, 'The file of the master key [default: gatepass/key in the user''s configuration directory]')
            [CompletionResult]::new('--account', '--account', [CompletionResultType]::ParameterName, 'The account to work on, by its Account ID; with several, changes need it')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How data is written to stdout [default: table]')
            [CompletionResult]::new('--field', '--field', [CompletionResultType]::ParameterName, 'Only this field of the JSON output, as plain text')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour [default: auto]')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Short for --format json')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Ids only; of check, doctor and audit verify nothing when all is well')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Ids only; of check, doctor and audit verify nothing when all is well')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Don''t ask, do it')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Don''t ask, do it')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Show what would happen, and change nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would happen, and change nothing')
            [CompletionResult]::new('--accept-clock', '--accept-clock', [CompletionResultType]::ParameterName, 'Believe a clock that is behind the store''s last record')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'gatepass;deliver' {
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'The store [default: gatepass/store.db in the user''s data directory]')
            [CompletionResult]::new('--key-file', '--key-file', [CompletionResultType]::ParameterName, 'The file of the master key [default: gatepass/key in the user''s configuration directory]')
            [CompletionResult]::new('--account', '--account', [CompletionResultType]::ParameterName, 'The account to work on, by its Account ID; with several, changes need it')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How data is written to stdout [default: table]')
            [CompletionResult]::new('--field', '--field', [CompletionResultType]::ParameterName, 'Only this field of the JSON output, as plain text')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour [default: auto]')
            [CompletionResult]::new('--allow-private-webhooks', '--allow-private-webhooks', [CompletionResultType]::ParameterName, 'Tell apps at private addresses, too, and over http')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Short for --format json')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Ids only; of check, doctor and audit verify nothing when all is well')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Ids only; of check, doctor and audit verify nothing when all is well')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Don''t ask, do it')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Don''t ask, do it')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Show what would happen, and change nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would happen, and change nothing')
            [CompletionResult]::new('--accept-clock', '--accept-clock', [CompletionResultType]::ParameterName, 'Believe a clock that is behind the store''s last record')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'gatepass;serve' {
            [CompletionResult]::new('--listen', '--listen', [CompletionResultType]::ParameterName, 'Where to listen: HOST:PORT or unix:PATH [default: 127.0.0.1:8710]')
            [CompletionResult]::new('--ops-listen', '--ops-listen', [CompletionResultType]::ParameterName, 'Where to answer /healthz, /readyz and /metrics [default: 127.0.0.1:8711]')
            [CompletionResult]::new('--region', '--region', [CompletionResultType]::ParameterName, 'The region of the API: credentials of accounts elsewhere are refused')
            [CompletionResult]::new('--trusted-proxy', '--trusted-proxy', [CompletionResultType]::ParameterName, 'A network, or unix, whose X-Forwarded-* headers are believed; can be given several times')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'The statuses to send: exact (200, 401, 403, 503), or full (429 and 410 as well) [default: exact]')
            [CompletionResult]::new('--workers', '--workers', [CompletionResultType]::ParameterName, 'How many threads answer [default: one for each core]')
            [CompletionResult]::new('--max-stale', '--max-stale', [CompletionResultType]::ParameterName, 'For how many seconds to answer from memory when the store is out of reach; 0 forbids it [default: 1]')
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'The store [default: gatepass/store.db in the user''s data directory]')
            [CompletionResult]::new('--key-file', '--key-file', [CompletionResultType]::ParameterName, 'The file of the master key [default: gatepass/key in the user''s configuration directory]')
            [CompletionResult]::new('--account', '--account', [CompletionResultType]::ParameterName, 'The account to work on, by its Account ID; with several, changes need it')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How data is written to stdout [default: table]')
            [CompletionResult]::new('--field', '--field', [CompletionResultType]::ParameterName, 'Only this field of the JSON output, as plain text')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour [default: auto]')
            [CompletionResult]::new('--log-allowed', '--log-allowed', [CompletionResultType]::ParameterName, 'Log what passes, too')
            [CompletionResult]::new('--allow-remote', '--allow-remote', [CompletionResultType]::ParameterName, 'Listen to other machines: secrets then cross the network as they are, unless a tunnel hides them')
            [CompletionResult]::new('--no-deliver', '--no-deliver', [CompletionResultType]::ParameterName, 'Leave it to `gatepass deliver` to tell apps of their tokens')
            [CompletionResult]::new('--allow-private-webhooks', '--allow-private-webhooks', [CompletionResultType]::ParameterName, 'Tell apps at private addresses, too, and over http')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Short for --format json')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Ids only; of check, doctor and audit verify nothing when all is well')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Ids only; of check, doctor and audit verify nothing when all is well')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Don''t ask, do it')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Don''t ask, do it')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Show what would happen, and change nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would happen, and change nothing')
            [CompletionResult]::new('--accept-clock', '--accept-clock', [CompletionResultType]::ParameterName, 'Believe a clock that is behind the store''s last record')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'gatepass;app' {
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'The store [default: gatepass/store.db in the user''s data directory]')
            [CompletionResult]::new('--key-file', '--key-file', [CompletionResultType]::ParameterName, 'The file of the master key [default: gatepass/key in the user''s configuration directory]')
            [CompletionResult]::new('--account', '--account', [CompletionResultType]::ParameterName, 'The account to work on, by its Account ID; with several, changes need it')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How data is written to stdout [default: table]')
            [CompletionResult]::new('--field', '--field', [CompletionResultType]::ParameterName, 'Only this field of the JSON output, as plain text')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour [default: auto]')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Short for --format json')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Ids only; of check, doctor and audit verify nothing when all is well')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Ids only; of check, doctor and audit verify nothing when all is well')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Don''t ask, do it')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Don''t ask, do it')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Show what would happen, and change nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would happen, and change nothing')
            [CompletionResult]::new('--accept-clock', '--accept-clock', [CompletionResultType]::ParameterName, 'Believe a clock that is behind the store''s last record')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('add', 'add', [CompletionResultType]::ParameterValue, 'Adds an app and shows its client secret once')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'Lists apps')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Shows one app; never its client secret')
            [CompletionResult]::new('edit', 'edit', [CompletionResultType]::ParameterValue, 'Changes an app; its ids and its client secret stay')
            [CompletionResult]::new('reset', 'reset', [CompletionResultType]::ParameterValue, 'Gives an app a new client secret, shown once')
            [CompletionResult]::new('remove', 'remove', [CompletionResultType]::ParameterValue, 'Removes an app; its name is free again')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'gatepass;app;add' {
            [CompletionResult]::new('--limit', '--limit', [CompletionResultType]::ParameterName, 'How many requests a minute each of its tokens is good for')
            [CompletionResult]::new('--legacy-key-file', '--legacy-key-file', [CompletionResultType]::ParameterName, 'Import the key that the app has had so far from this file; - is stdin, or a question at a terminal')
            [CompletionResult]::new('--out', '--out', [CompletionResultType]::ParameterName, 'Write the secret to this new file, readable by you alone, instead of showing it')
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'The store [default: gatepass/store.db in the user''s data directory]')
            [CompletionResult]::new('--key-file', '--key-file', [CompletionResultType]::ParameterName, 'The file of the master key [default: gatepass/key in the user''s configuration directory]')
            [CompletionResult]::new('--account', '--account', [CompletionResultType]::ParameterName, 'The account to work on, by its Account ID; with several, changes need it')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How data is written to stdout [default: table]')
            [CompletionResult]::new('--field', '--field', [CompletionResultType]::ParameterName, 'Only this field of the JSON output, as plain text')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour [default: auto]')
            [CompletionResult]::new('--allow-weak', '--allow-weak', [CompletionResultType]::ParameterName, 'Import it even if it can be guessed (less than 112 bits)')
            [CompletionResult]::new('--copy', '--copy', [CompletionResultType]::ParameterName, 'Put the secret on the terminal''s clipboard, too')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Short for --format json')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Ids only; of check, doctor and audit verify nothing when all is well')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Ids only; of check, doctor and audit verify nothing when all is well')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Don''t ask, do it')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Don''t ask, do it')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Show what would happen, and change nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would happen, and change nothing')
            [CompletionResult]::new('--accept-clock', '--accept-clock', [CompletionResultType]::ParameterName, 'Believe a clock that is behind the store''s last record')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'gatepass;app;list' {
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'The store [default: gatepass/store.db in the user''s data directory]')
            [CompletionResult]::new('--key-file', '--key-file', [CompletionResultType]::ParameterName, 'The file of the master key [default: gatepass/key in the user''s configuration directory]')
            [CompletionResult]::new('--account', '--account', [CompletionResultType]::ParameterName, 'The account to work on, by its Account ID; with several, changes need it')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How data is written to stdout [default: table]')
            [CompletionResult]::new('--field', '--field', [CompletionResultType]::ParameterName, 'Only this field of the JSON output, as plain text')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour [default: auto]')
            [CompletionResult]::new('--all', '--all', [CompletionResultType]::ParameterName, 'Those that were removed, too')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Short for --format json')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Ids only; of check, doctor and audit verify nothing when all is well')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Ids only; of check, doctor and audit verify nothing when all is well')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Don''t ask, do it')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Don''t ask, do it')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Show what would happen, and change nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would happen, and change nothing')
            [CompletionResult]::new('--accept-clock', '--accept-clock', [CompletionResultType]::ParameterName, 'Believe a clock that is behind the store''s last record')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'gatepass;app;show' {
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'The store [default: gatepass/store.db in the user''s data directory]')
            [CompletionResult]::new('--key-file', '--key-file', [CompletionResultType]::ParameterName, 'The file of the master key [default: gatepass/key in the user''s configuration directory]')
            [CompletionResult]::new('--account', '--account', [CompletionResultType]::ParameterName, 'The account to work on, by its Account ID; with several, changes need it')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How data is written to stdout [default: table]')
            [CompletionResult]::new('--field', '--field', [CompletionResultType]::ParameterName, 'Only this field of the JSON output, as plain text')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour [default: auto]')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Short for --format json')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Ids only; of check, doctor and audit verify nothing when all is well')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Ids only; of check, doctor and audit verify nothing when all is well')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Don''t ask, do it')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Don''t ask, do it')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Show what would happen, and change nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would happen, and change nothing')
            [CompletionResult]::new('--accept-clock', '--accept-clock', [CompletionResultType]::ParameterName, 'Believe a clock that is behind the store''s last record')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'gatepass;app;edit' {
            [CompletionResult]::new('--name', '--name', [CompletionResultType]::ParameterName, 'A new name')
            [CompletionResult]::new('--limit', '--limit', [CompletionResultType]::ParameterName, 'How many requests a minute each of its tokens is good for, such as 200/min')
            [CompletionResult]::new('--legacy-key-file', '--legacy-key-file', [CompletionResultType]::ParameterName, 'Import the key that the app has had so far from this file; - is stdin, or a question at a terminal')
            [CompletionResult]::new('--webhook', '--webhook', [CompletionResultType]::ParameterName, 'Tell it of its tokens at this https URL; the key that signs the messages is shown once')
            [CompletionResult]::new('--out', '--out', [CompletionResultType]::ParameterName, 'Write the secret to this new file, readable by you alone, instead of showing it')
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'The store [default: gatepass/store.db in the user''s data directory]')
            [CompletionResult]::new('--key-file', '--key-file', [CompletionResultType]::ParameterName, 'The file of the master key [default: gatepass/key in the user''s configuration directory]')
            [CompletionResult]::new('--account', '--account', [CompletionResultType]::ParameterName, 'The account to work on, by its Account ID; with several, changes need it')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How data is written to stdout [default: table]')
            [CompletionResult]::new('--field', '--field', [CompletionResultType]::ParameterName, 'Only this field of the JSON output, as plain text')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour [default: auto]')
            [CompletionResult]::new('--allow-weak', '--allow-weak', [CompletionResultType]::ParameterName, 'Import it even if it can be guessed (less than 112 bits)')
            [CompletionResult]::new('--no-webhook', '--no-webhook', [CompletionResultType]::ParameterName, 'Tell it nothing any more')
            [CompletionResult]::new('--rotate-webhook-key', '--rotate-webhook-key', [CompletionResultType]::ParameterName, 'Sign what it is told with a new key, shown once; the old one ends at once')
            [CompletionResult]::new('--allow-private-webhooks', '--allow-private-webhooks', [CompletionResultType]::ParameterName, 'Let the URL lead to a private address, or begin with http')
            [CompletionResult]::new('--copy', '--copy', [CompletionResultType]::ParameterName, 'Put the secret on the terminal''s clipboard, too')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Short for --format json')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Ids only; of check, doctor and audit verify nothing when all is well')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Ids only; of check, doctor and audit verify nothing when all is well')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Don''t ask, do it')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Don''t ask, do it')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Show what would happen, and change nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would happen, and change nothing')
            [CompletionResult]::new('--accept-clock', '--accept-clock', [CompletionResultType]::ParameterName, 'Believe a clock that is behind the store''s last record')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'gatepass;app;reset' {
            [CompletionResult]::new('--overlap', '--overlap', [CompletionResultType]::ParameterName, 'Let the old client secret live on so long, such as 12h, 7d or 2w')
            [CompletionResult]::new('--out', '--out', [CompletionResultType]::ParameterName, 'Write the secret to this new file, readable by you alone, instead of showing it')
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'The store [default: gatepass/store.db in the user''s data directory]')
            [CompletionResult]::new('--key-file', '--key-file', [CompletionResultType]::ParameterName, 'The file of the master key [default: gatepass/key in the user''s configuration directory]')
            [CompletionResult]::new('--account', '--account', [CompletionResultType]::ParameterName, 'The account to work on, by its Account ID; with several, changes need it')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How data is written to stdout [default: table]')
            [CompletionResult]::new('--field', '--field', [CompletionResultType]::ParameterName, 'Only this field of the JSON output, as plain text')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour [default: auto]')
            [CompletionResult]::new('--copy', '--copy', [CompletionResultType]::ParameterName, 'Put the secret on the terminal''s clipboard, too')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Short for --format json')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Ids only; of check, doctor and audit verify nothing when all is well')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Ids only; of check, doctor and audit verify nothing when all is well')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Don''t ask, do it')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Don''t ask, do it')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Show what would happen, and change nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would happen, and change nothing')
            [CompletionResult]::new('--accept-clock', '--accept-clock', [CompletionResultType]::ParameterName, 'Believe a clock that is behind the store''s last record')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'gatepass;app;remove' {
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'The store [default: gatepass/store.db in the user''s data directory]')
            [CompletionResult]::new('--key-file', '--key-file', [CompletionResultType]::ParameterName, 'The file of the master key [default: gatepass/key in the user''s configuration directory]')
            [CompletionResult]::new('--account', '--account', [CompletionResultType]::ParameterName, 'The account to work on, by its Account ID; with several, changes need it')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How data is written to stdout [default: table]')
            [CompletionResult]::new('--field', '--field', [CompletionResultType]::ParameterName, 'Only this field of the JSON output, as plain text')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour [default: auto]')
            [CompletionResult]::new('--revoke-tokens', '--revoke-tokens', [CompletionResultType]::ParameterName, 'Revoke what of its tokens is live, and its legacy key')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Short for --format json')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Ids only; of check, doctor and audit verify nothing when all is well')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Ids only; of check, doctor and audit verify nothing when all is well')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Don''t ask, do it')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Don''t ask, do it')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Show what would happen, and change nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would happen, and change nothing')
            [CompletionResult]::new('--accept-clock', '--accept-clock', [CompletionResultType]::ParameterName, 'Believe a clock that is behind the store''s last record')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'gatepass;app;help' {
            [CompletionResult]::new('add', 'add', [CompletionResultType]::ParameterValue, 'Adds an app and shows its client secret once')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'Lists apps')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Shows one app; never its client secret')
            [CompletionResult]::new('edit', 'edit', [CompletionResultType]::ParameterValue, 'Changes an app; its ids and its client secret stay')
            [CompletionResult]::new('reset', 'reset', [CompletionResultType]::ParameterValue, 'Gives an app a new client secret, shown once')
            [CompletionResult]::new('remove', 'remove', [CompletionResultType]::ParameterValue, 'Removes an app; its name is free again')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'gatepass;app;help;add' {
            break
        }
        'gatepass;app;help;list' {
            break
        }
        'gatepass;app;help;show' {
            break
        }
        'gatepass;app;help;edit' {
            break
        }
        'gatepass;app;help;reset' {
            break
        }
        'gatepass;app;help;remove' {
            break
        }
        'gatepass;app;help;help' {
            break
        }
        'gatepass;district' {
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'The store [default: gatepass/store.db in the user''s data directory]')
            [CompletionResult]::new('--key-file', '--key-file', [CompletionResultType]::ParameterName, 'The file of the master key [default: gatepass/key in the user''s configuration directory]')
            [CompletionResult]::new('--account', '--account', [CompletionResultType]::ParameterName, 'The account to work on, by its Account ID; with several, changes need it')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How data is written to stdout [default: table]')
            [CompletionResult]::new('--field', '--field', [CompletionResultType]::ParameterName, 'Only this field of the JSON output, as plain text')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour [default: auto]')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Short for --format json')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Ids only; of check, doctor and audit verify nothing when all is well')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Ids only; of check, doctor and audit verify nothing when all is well')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Don''t ask, do it')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Don''t ask, do it')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Show what would happen, and change nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would happen, and change nothing')
            [CompletionResult]::new('--accept-clock', '--accept-clock', [CompletionResultType]::ParameterName, 'Believe a clock that is behind the store''s last record')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('add', 'add', [CompletionResultType]::ParameterValue, 'Adds a district')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'Lists districts')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Shows one district')
            [CompletionResult]::new('edit', 'edit', [CompletionResultType]::ParameterValue, 'Changes a district; its id stays')
            [CompletionResult]::new('remove', 'remove', [CompletionResultType]::ParameterValue, 'Removes a district; its name and external id are free again')
            [CompletionResult]::new('connect', 'connect', [CompletionResultType]::ParameterValue, 'Makes the tokens of several apps for a district, or for many from a CSV file, all or none')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'gatepass;district;add' {
            [CompletionResult]::new('--external-id', '--external-id', [CompletionResultType]::ParameterName, 'What another system calls it, such as its number there')
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'The store [default: gatepass/store.db in the user''s data directory]')
            [CompletionResult]::new('--key-file', '--key-file', [CompletionResultType]::ParameterName, 'The file of the master key [default: gatepass/key in the user''s configuration directory]')
            [CompletionResult]::new('--account', '--account', [CompletionResultType]::ParameterName, 'The account to work on, by its Account ID; with several, changes need it')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How data is written to stdout [default: table]')
            [CompletionResult]::new('--field', '--field', [CompletionResultType]::ParameterName, 'Only this field of the JSON output, as plain text')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour [default: auto]')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Short for --format json')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Ids only; of check, doctor and audit verify nothing when all is well')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Ids only; of check, doctor and audit verify nothing when all is well')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Don''t ask, do it')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Don''t ask, do it')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Show what would happen, and change nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would happen, and change nothing')
            [CompletionResult]::new('--accept-clock', '--accept-clock', [CompletionResultType]::ParameterName, 'Believe a clock that is behind the store''s last record')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'gatepass;district;list' {
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'The store [default: gatepass/store.db in the user''s data directory]')
            [CompletionResult]::new('--key-file', '--key-file', [CompletionResultType]::ParameterName, 'The file of the master key [default: gatepass/key in the user''s configuration directory]')
            [CompletionResult]::new('--account', '--account', [CompletionResultType]::ParameterName, 'The account to work on, by its Account ID; with several, changes need it')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How data is written to stdout [default: table]')
            [CompletionResult]::new('--field', '--field', [CompletionResultType]::ParameterName, 'Only this field of the JSON output, as plain text')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour [default: auto]')
            [CompletionResult]::new('--all', '--all', [CompletionResultType]::ParameterName, 'Those that were removed, too')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Short for --format json')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Ids only; of check, doctor and audit verify nothing when all is well')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Ids only; of check, doctor and audit verify nothing when all is well')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Don''t ask, do it')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Don''t ask, do it')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Show what would happen, and change nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would happen, and change nothing')
            [CompletionResult]::new('--accept-clock', '--accept-clock', [CompletionResultType]::ParameterName, 'Believe a clock that is behind the store''s last record')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'gatepass;district;show' {
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'The store [default: gatepass/store.db in the user''s data directory]')
            [CompletionResult]::new('--key-file', '--key-file', [CompletionResultType]::ParameterName, 'The file of the master key [default: gatepass/key in the user''s configuration directory]')
            [CompletionResult]::new('--account', '--account', [CompletionResultType]::ParameterName, 'The account to work on, by its Account ID; with several, changes need it')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How data is written to stdout [default: table]')
            [CompletionResult]::new('--field', '--field', [CompletionResultType]::ParameterName, 'Only this field of the JSON output, as plain text')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour [default: auto]')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Short for --format json')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Ids only; of check, doctor and audit verify nothing when all is well')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Ids only; of check, doctor and audit verify nothing when all is well')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Don''t ask, do it')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Don''t ask, do it')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Show what would happen, and change nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would happen, and change nothing')
            [CompletionResult]::new('--accept-clock', '--accept-clock', [CompletionResultType]::ParameterName, 'Believe a clock that is behind the store''s last record')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'gatepass;district;edit' {
            [CompletionResult]::new('--name', '--name', [CompletionResultType]::ParameterName, 'A new name')
            [CompletionResult]::new('--external-id', '--external-id', [CompletionResultType]::ParameterName, 'What another system calls it')
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'The store [default: gatepass/store.db in the user''s data directory]')
            [CompletionResult]::new('--key-file', '--key-file', [CompletionResultType]::ParameterName, 'The file of the master key [default: gatepass/key in the user''s configuration directory]')
            [CompletionResult]::new('--account', '--account', [CompletionResultType]::ParameterName, 'The account to work on, by its Account ID; with several, changes need it')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How data is written to stdout [default: table]')
            [CompletionResult]::new('--field', '--field', [CompletionResultType]::ParameterName, 'Only this field of the JSON output, as plain text')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour [default: auto]')
            [CompletionResult]::new('--no-external-id', '--no-external-id', [CompletionResultType]::ParameterName, 'Take the external id away')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Short for --format json')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Ids only; of check, doctor and audit verify nothing when all is well')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Ids only; of check, doctor and audit verify nothing when all is well')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Don''t ask, do it')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Don''t ask, do it')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Show what would happen, and change nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would happen, and change nothing')
            [CompletionResult]::new('--accept-clock', '--accept-clock', [CompletionResultType]::ParameterName, 'Believe a clock that is behind the store''s last record')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'gatepass;district;remove' {
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'The store [default: gatepass/store.db in the user''s data directory]')
            [CompletionResult]::new('--key-file', '--key-file', [CompletionResultType]::ParameterName, 'The file of the master key [default: gatepass/key in the user''s configuration directory]')
            [CompletionResult]::new('--account', '--account', [CompletionResultType]::ParameterName, 'The account to work on, by its Account ID; with several, changes need it')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How data is written to stdout [default: table]')
            [CompletionResult]::new('--field', '--field', [CompletionResultType]::ParameterName, 'Only this field of the JSON output, as plain text')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour [default: auto]')
            [CompletionResult]::new('--revoke-tokens', '--revoke-tokens', [CompletionResultType]::ParameterName, 'Revoke what of its tokens is live')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Short for --format json')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Ids only; of check, doctor and audit verify nothing when all is well')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Ids only; of check, doctor and audit verify nothing when all is well')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Don''t ask, do it')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Don''t ask, do it')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Show what would happen, and change nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would happen, and change nothing')
            [CompletionResult]::new('--accept-clock', '--accept-clock', [CompletionResultType]::ParameterName, 'Believe a clock that is behind the store''s last record')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'gatepass;district;connect' {
            [CompletionResult]::new('--from', '--from', [CompletionResultType]::ParameterName, 'A CSV file of many districts')
            [CompletionResult]::new('--app', '--app', [CompletionResultType]::ParameterName, 'An app that it is shared with: its name, id or client id; may be given several times')
            [CompletionResult]::new('--scope', '--scope', [CompletionResultType]::ParameterName, 'What is shared, such as read:students; may be given several times, or hold several with spaces or commas')
            [CompletionResult]::new('--limit', '--limit', [CompletionResultType]::ParameterName, 'How many requests a minute a token is good for, such as 600/min, where that is not what its app says')
            [CompletionResult]::new('--days', '--days', [CompletionResultType]::ParameterName, 'For this many days of 24 hours, 1 to 365')
            [CompletionResult]::new('--until', '--until', [CompletionResultType]::ParameterName, 'Until the end of a date (UTC) or an RFC 3339 instant, within 365 days')
            [CompletionResult]::new('--out', '--out', [CompletionResultType]::ParameterName, 'Write the secret to this new file, readable by you alone, instead of showing it')
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'The store [default: gatepass/store.db in the user''s data directory]')
            [CompletionResult]::new('--key-file', '--key-file', [CompletionResultType]::ParameterName, 'The file of the master key [default: gatepass/key in the user''s configuration directory]')
            [CompletionResult]::new('--account', '--account', [CompletionResultType]::ParameterName, 'The account to work on, by its Account ID; with several, changes need it')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How data is written to stdout [default: table]')
            [CompletionResult]::new('--field', '--field', [CompletionResultType]::ParameterName, 'Only this field of the JSON output, as plain text')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour [default: auto]')
            [CompletionResult]::new('--infinite', '--infinite', [CompletionResultType]::ParameterName, 'For ten years')
            [CompletionResult]::new('--forever', '--forever', [CompletionResultType]::ParameterName, 'Without an end')
            [CompletionResult]::new('--pickup', '--pickup', [CompletionResultType]::ParameterName, 'Make no secrets: each app makes its own when it first asks for it, and nobody else sees it')
            [CompletionResult]::new('--copy', '--copy', [CompletionResultType]::ParameterName, 'Put the secret on the terminal''s clipboard, too')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Short for --format json')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Ids only; of check, doctor and audit verify nothing when all is well')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Ids only; of check, doctor and audit verify nothing when all is well')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Don''t ask, do it')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Don''t ask, do it')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Show what would happen, and change nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would happen, and change nothing')
            [CompletionResult]::new('--accept-clock', '--accept-clock', [CompletionResultType]::ParameterName, 'Believe a clock that is behind the store''s last record')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'gatepass;district;help' {
            [CompletionResult]::new('add', 'add', [CompletionResultType]::ParameterValue, 'Adds a district')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'Lists districts')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Shows one district')
            [CompletionResult]::new('edit', 'edit', [CompletionResultType]::ParameterValue, 'Changes a district; its id stays')
            [CompletionResult]::new('remove', 'remove', [CompletionResultType]::ParameterValue, 'Removes a district; its name and external id are free again')
            [CompletionResult]::new('connect', 'connect', [CompletionResultType]::ParameterValue, 'Makes the tokens of several apps for a district, or for many from a CSV file, all or none')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'gatepass;district;help;add' {
            break
        }
        'gatepass;district;help;list' {
            break
        }
        'gatepass;district;help;show' {
            break
        }
        'gatepass;district;help;edit' {
            break
        }
        'gatepass;district;help;remove' {
            break
        }
        'gatepass;district;help;connect' {
            break
        }
        'gatepass;district;help;help' {
            break
        }
        'gatepass;legacy' {
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'The store [default: gatepass/store.db in the user''s data directory]')
            [CompletionResult]::new('--key-file', '--key-file', [CompletionResultType]::ParameterName, 'The file of the master key [default: gatepass/key in the user''s configuration directory]')
            [CompletionResult]::new('--account', '--account', [CompletionResultType]::ParameterName, 'The account to work on, by its Account ID; with several, changes need it')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How data is written to stdout [default: table]')
            [CompletionResult]::new('--field', '--field', [CompletionResultType]::ParameterName, 'Only this field of the JSON output, as plain text')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour [default: auto]')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Short for --format json')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Ids only; of check, doctor and audit verify nothing when all is well')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Ids only; of check, doctor and audit verify nothing when all is well')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Don''t ask, do it')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Don''t ask, do it')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Show what would happen, and change nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would happen, and change nothing')
            [CompletionResult]::new('--accept-clock', '--accept-clock', [CompletionResultType]::ParameterName, 'Believe a clock that is behind the store''s last record')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('policy', 'policy', [CompletionResultType]::ParameterValue, 'Shows or sets when legacy keys are announced to end, when they are limited, and when they end')
            [CompletionResult]::new('report', 'report', [CompletionResultType]::ParameterValue, 'Tells which apps still depend on their legacy keys, and who blocks the sunset')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'gatepass;legacy;policy' {
            [CompletionResult]::new('--announce', '--announce', [CompletionResultType]::ParameterName, 'From when on every answer to such a key tells that it is deprecated: a date or an RFC 3339 instant')
            [CompletionResult]::new('--limit-from', '--limit-from', [CompletionResultType]::ParameterName, 'From when on such keys are limited')
            [CompletionResult]::new('--limit', '--limit', [CompletionResultType]::ParameterName, 'To how many requests a minute each is limited, such as 200/min')
            [CompletionResult]::new('--sunset', '--sunset', [CompletionResultType]::ParameterName, 'When such keys end')
            [CompletionResult]::new('--link', '--link', [CompletionResultType]::ParameterName, 'Where the programmers of apps read what to do; every answer tells it')
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'The store [default: gatepass/store.db in the user''s data directory]')
            [CompletionResult]::new('--key-file', '--key-file', [CompletionResultType]::ParameterName, 'The file of the master key [default: gatepass/key in the user''s configuration directory]')
            [CompletionResult]::new('--account', '--account', [CompletionResultType]::ParameterName, 'The account to work on, by its Account ID; with several, changes need it')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How data is written to stdout [default: table]')
            [CompletionResult]::new('--field', '--field', [CompletionResultType]::ParameterName, 'Only this field of the JSON output, as plain text')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour [default: auto]')
            [CompletionResult]::new('--no-link', '--no-link', [CompletionResultType]::ParameterName, 'Take the link away')
            [CompletionResult]::new('--clear', '--clear', [CompletionResultType]::ParameterName, 'Take the policy away: such keys are good without limit and without end')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Short for --format json')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Ids only; of check, doctor and audit verify nothing when all is well')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Ids only; of check, doctor and audit verify nothing when all is well')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Don''t ask, do it')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Don''t ask, do it')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Show what would happen, and change nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would happen, and change nothing')
            [CompletionResult]::new('--accept-clock', '--accept-clock', [CompletionResultType]::ParameterName, 'Believe a clock that is behind the store''s last record')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'gatepass;legacy;report' {
            [CompletionResult]::new('--days', '--days', [CompletionResultType]::ParameterName, 'How many days to look back, today included: 1 to 400')
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'The store [default: gatepass/store.db in the user''s data directory]')
            [CompletionResult]::new('--key-file', '--key-file', [CompletionResultType]::ParameterName, 'The file of the master key [default: gatepass/key in the user''s configuration directory]')
            [CompletionResult]::new('--account', '--account', [CompletionResultType]::ParameterName, 'The account to work on, by its Account ID; with several, changes need it')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How data is written to stdout [default: table]')
            [CompletionResult]::new('--field', '--field', [CompletionResultType]::ParameterName, 'Only this field of the JSON output, as plain text')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour [default: auto]')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Short for --format json')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Ids only; of check, doctor and audit verify nothing when all is well')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Ids only; of check, doctor and audit verify nothing when all is well')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Don''t ask, do it')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Don''t ask, do it')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Show what would happen, and change nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would happen, and change nothing')
            [CompletionResult]::new('--accept-clock', '--accept-clock', [CompletionResultType]::ParameterName, 'Believe a clock that is behind the store''s last record')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'gatepass;legacy;help' {
            [CompletionResult]::new('policy', 'policy', [CompletionResultType]::ParameterValue, 'Shows or sets when legacy keys are announced to end, when they are limited, and when they end')
            [CompletionResult]::new('report', 'report', [CompletionResultType]::ParameterValue, 'Tells which apps still depend on their legacy keys, and who blocks the sunset')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'gatepass;legacy;help;policy' {
            break
        }
        'gatepass;legacy;help;report' {
            break
        }
        'gatepass;legacy;help;help' {
            break
        }
        'gatepass;account' {
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'The store [default: gatepass/store.db in the user''s data directory]')
            [CompletionResult]::new('--key-file', '--key-file', [CompletionResultType]::ParameterName, 'The file of the master key [default: gatepass/key in the user''s configuration directory]')
            [CompletionResult]::new('--account', '--account', [CompletionResultType]::ParameterName, 'The account to work on, by its Account ID; with several, changes need it')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How data is written to stdout [default: table]')
            [CompletionResult]::new('--field', '--field', [CompletionResultType]::ParameterName, 'Only this field of the JSON output, as plain text')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour [default: auto]')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Short for --format json')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Ids only; of check, doctor and audit verify nothing when all is well')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Ids only; of check, doctor and audit verify nothing when all is well')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Don''t ask, do it')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Don''t ask, do it')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Show what would happen, and change nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would happen, and change nothing')
            [CompletionResult]::new('--accept-clock', '--accept-clock', [CompletionResultType]::ParameterName, 'Believe a clock that is behind the store''s last record')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'Lists the accounts')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Shows one account')
            [CompletionResult]::new('add', 'add', [CompletionResultType]::ParameterValue, 'Adds an account')
            [CompletionResult]::new('edit', 'edit', [CompletionResultType]::ParameterValue, 'Changes an account')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'gatepass;account;list' {
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'The store [default: gatepass/store.db in the user''s data directory]')
            [CompletionResult]::new('--key-file', '--key-file', [CompletionResultType]::ParameterName, 'The file of the master key [default: gatepass/key in the user''s configuration directory]')
            [CompletionResult]::new('--account', '--account', [CompletionResultType]::ParameterName, 'The account to work on, by its Account ID; with several, changes need it')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How data is written to stdout [default: table]')
            [CompletionResult]::new('--field', '--field', [CompletionResultType]::ParameterName, 'Only this field of the JSON output, as plain text')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour [default: auto]')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Short for --format json')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Ids only; of check, doctor and audit verify nothing when all is well')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Ids only; of check, doctor and audit verify nothing when all is well')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Don''t ask, do it')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Don''t ask, do it')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Show what would happen, and change nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would happen, and change nothing')
            [CompletionResult]::new('--accept-clock', '--accept-clock', [CompletionResultType]::ParameterName, 'Believe a clock that is behind the store''s last record')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'gatepass;account;show' {
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'The store [default: gatepass/store.db in the user''s data directory]')
            [CompletionResult]::new('--key-file', '--key-file', [CompletionResultType]::ParameterName, 'The file of the master key [default: gatepass/key in the user''s configuration directory]')
            [CompletionResult]::new('--account', '--account', [CompletionResultType]::ParameterName, 'The account to work on, by its Account ID; with several, changes need it')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How data is written to stdout [default: table]')
            [CompletionResult]::new('--field', '--field', [CompletionResultType]::ParameterName, 'Only this field of the JSON output, as plain text')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour [default: auto]')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Short for --format json')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Ids only; of check, doctor and audit verify nothing when all is well')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Ids only; of check, doctor and audit verify nothing when all is well')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Don''t ask, do it')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Don''t ask, do it')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Show what would happen, and change nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would happen, and change nothing')
            [CompletionResult]::new('--accept-clock', '--accept-clock', [CompletionResultType]::ParameterName, 'Believe a clock that is behind the store''s last record')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'gatepass;account;add' {
            [CompletionResult]::new('--id', '--id', [CompletionResultType]::ParameterName, 'Its Account ID, if it has one; else one is made')
            [CompletionResult]::new('--region', '--region', [CompletionResultType]::ParameterName, 'Where its API runs: eu1, in1, sg1, us1, aps3 or mec1')
            [CompletionResult]::new('--require-user-passcode', '--require-user-passcode', [CompletionResultType]::ParameterName, 'Whether to refuse account passcodes, so that every caller is a named user')
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'The store [default: gatepass/store.db in the user''s data directory]')
            [CompletionResult]::new('--key-file', '--key-file', [CompletionResultType]::ParameterName, 'The file of the master key [default: gatepass/key in the user''s configuration directory]')
            [CompletionResult]::new('--account', '--account', [CompletionResultType]::ParameterName, 'The account to work on, by its Account ID; with several, changes need it')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How data is written to stdout [default: table]')
            [CompletionResult]::new('--field', '--field', [CompletionResultType]::ParameterName, 'Only this field of the JSON output, as plain text')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour [default: auto]')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Short for --format json')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Ids only; of check, doctor and audit verify nothing when all is well')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Ids only; of check, doctor and audit verify nothing when all is well')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Don''t ask, do it')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Don''t ask, do it')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Show what would happen, and change nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would happen, and change nothing')
            [CompletionResult]::new('--accept-clock', '--accept-clock', [CompletionResultType]::ParameterName, 'Believe a clock that is behind the store''s last record')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'gatepass;account;edit' {
            [CompletionResult]::new('--name', '--name', [CompletionResultType]::ParameterName, 'A new name')
            [CompletionResult]::new('--region', '--region', [CompletionResultType]::ParameterName, 'Where its API runs: eu1, in1, sg1, us1, aps3 or mec1')
            [CompletionResult]::new('--require-user-passcode', '--require-user-passcode', [CompletionResultType]::ParameterName, 'Whether to refuse account passcodes, so that every caller is a named user')
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'The store [default: gatepass/store.db in the user''s data directory]')
            [CompletionResult]::new('--key-file', '--key-file', [CompletionResultType]::ParameterName, 'The file of the master key [default: gatepass/key in the user''s configuration directory]')
            [CompletionResult]::new('--account', '--account', [CompletionResultType]::ParameterName, 'The account to work on, by its Account ID; with several, changes need it')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How data is written to stdout [default: table]')
            [CompletionResult]::new('--field', '--field', [CompletionResultType]::ParameterName, 'Only this field of the JSON output, as plain text')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour [default: auto]')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Short for --format json')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Ids only; of check, doctor and audit verify nothing when all is well')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Ids only; of check, doctor and audit verify nothing when all is well')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Don''t ask, do it')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Don''t ask, do it')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Show what would happen, and change nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would happen, and change nothing')
            [CompletionResult]::new('--accept-clock', '--accept-clock', [CompletionResultType]::ParameterName, 'Believe a clock that is behind the store''s last record')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'gatepass;account;help' {
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'Lists the accounts')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Shows one account')
            [CompletionResult]::new('add', 'add', [CompletionResultType]::ParameterValue, 'Adds an account')
            [CompletionResult]::new('edit', 'edit', [CompletionResultType]::ParameterValue, 'Changes an account')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'gatepass;account;help;list' {
            break
        }
        'gatepass;account;help;show' {
            break
        }
        'gatepass;account;help;add' {
            break
        }
        'gatepass;account;help;edit' {
            break
        }
        'gatepass;account;help;help' {
            break
        }
        'gatepass;audit' {
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'The store [default: gatepass/store.db in the user''s data directory]')
            [CompletionResult]::new('--key-file', '--key-file', [CompletionResultType]::ParameterName, 'The file of the master key [default: gatepass/key in the user''s configuration directory]')
            [CompletionResult]::new('--account', '--account', [CompletionResultType]::ParameterName, 'The account to work on, by its Account ID; with several, changes need it')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How data is written to stdout [default: table]')
            [CompletionResult]::new('--field', '--field', [CompletionResultType]::ParameterName, 'Only this field of the JSON output, as plain text')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour [default: auto]')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Short for --format json')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Ids only; of check, doctor and audit verify nothing when all is well')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Ids only; of check, doctor and audit verify nothing when all is well')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Don''t ask, do it')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Don''t ask, do it')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Show what would happen, and change nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would happen, and change nothing')
            [CompletionResult]::new('--accept-clock', '--accept-clock', [CompletionResultType]::ParameterName, 'Believe a clock that is behind the store''s last record')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'Lists the changes, oldest first')
            [CompletionResult]::new('verify', 'verify', [CompletionResultType]::ParameterValue, 'Verifies the whole log; names the first broken record')
            [CompletionResult]::new('checkpoint', 'checkpoint', [CompletionResultType]::ParameterValue, 'Prints where the log stands, as a sealed line to keep elsewhere')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'gatepass;audit;list' {
            [CompletionResult]::new('--of', '--of', [CompletionResultType]::ParameterName, 'Only those of this credential (id, name, e-mail address, APP/DISTRICT), app, district or account (Account ID)')
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'The store [default: gatepass/store.db in the user''s data directory]')
            [CompletionResult]::new('--key-file', '--key-file', [CompletionResultType]::ParameterName, 'The file of the master key [default: gatepass/key in the user''s configuration directory]')
            [CompletionResult]::new('--account', '--account', [CompletionResultType]::ParameterName, 'The account to work on, by its Account ID; with several, changes need it')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How data is written to stdout [default: table]')
            [CompletionResult]::new('--field', '--field', [CompletionResultType]::ParameterName, 'Only this field of the JSON output, as plain text')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour [default: auto]')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Short for --format json')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Ids only; of check, doctor and audit verify nothing when all is well')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Ids only; of check, doctor and audit verify nothing when all is well')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Don''t ask, do it')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Don''t ask, do it')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Show what would happen, and change nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would happen, and change nothing')
            [CompletionResult]::new('--accept-clock', '--accept-clock', [CompletionResultType]::ParameterName, 'Believe a clock that is behind the store''s last record')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'gatepass;audit;verify' {
            [CompletionResult]::new('--against', '--against', [CompletionResultType]::ParameterName, 'A file with a checkpoint: prove that the log still extends it')
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'The store [default: gatepass/store.db in the user''s data directory]')
            [CompletionResult]::new('--key-file', '--key-file', [CompletionResultType]::ParameterName, 'The file of the master key [default: gatepass/key in the user''s configuration directory]')
            [CompletionResult]::new('--account', '--account', [CompletionResultType]::ParameterName, 'The account to work on, by its Account ID; with several, changes need it')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How data is written to stdout [default: table]')
            [CompletionResult]::new('--field', '--field', [CompletionResultType]::ParameterName, 'Only this field of the JSON output, as plain text')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour [default: auto]')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Short for --format json')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Ids only; of check, doctor and audit verify nothing when all is well')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Ids only; of check, doctor and audit verify nothing when all is well')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Don''t ask, do it')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Don''t ask, do it')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Show what would happen, and change nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would happen, and change nothing')
            [CompletionResult]::new('--accept-clock', '--accept-clock', [CompletionResultType]::ParameterName, 'Believe a clock that is behind the store''s last record')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'gatepass;audit;checkpoint' {
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'The store [default: gatepass/store.db in the user''s data directory]')
            [CompletionResult]::new('--key-file', '--key-file', [CompletionResultType]::ParameterName, 'The file of the master key [default: gatepass/key in the user''s configuration directory]')
            [CompletionResult]::new('--account', '--account', [CompletionResultType]::ParameterName, 'The account to work on, by its Account ID; with several, changes need it')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How data is written to stdout [default: table]')
            [CompletionResult]::new('--field', '--field', [CompletionResultType]::ParameterName, 'Only this field of the JSON output, as plain text')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour [default: auto]')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Short for --format json')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Ids only; of check, doctor and audit verify nothing when all is well')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Ids only; of check, doctor and audit verify nothing when all is well')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Don''t ask, do it')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Don''t ask, do it')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Show what would happen, and change nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would happen, and change nothing')
            [CompletionResult]::new('--accept-clock', '--accept-clock', [CompletionResultType]::ParameterName, 'Believe a clock that is behind the store''s last record')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'gatepass;audit;help' {
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'Lists the changes, oldest first')
            [CompletionResult]::new('verify', 'verify', [CompletionResultType]::ParameterValue, 'Verifies the whole log; names the first broken record')
            [CompletionResult]::new('checkpoint', 'checkpoint', [CompletionResultType]::ParameterValue, 'Prints where the log stands, as a sealed line to keep elsewhere')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'gatepass;audit;help;list' {
            break
        }
        'gatepass;audit;help;verify' {
            break
        }
        'gatepass;audit;help;checkpoint' {
            break
        }
        'gatepass;audit;help;help' {
            break
        }
        'gatepass;doctor' {
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'The store [default: gatepass/store.db in the user''s data directory]')
            [CompletionResult]::new('--key-file', '--key-file', [CompletionResultType]::ParameterName, 'The file of the master key [default: gatepass/key in the user''s configuration directory]')
            [CompletionResult]::new('--account', '--account', [CompletionResultType]::ParameterName, 'The account to work on, by its Account ID; with several, changes need it')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How data is written to stdout [default: table]')
            [CompletionResult]::new('--field', '--field', [CompletionResultType]::ParameterName, 'Only this field of the JSON output, as plain text')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour [default: auto]')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Short for --format json')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Ids only; of check, doctor and audit verify nothing when all is well')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Ids only; of check, doctor and audit verify nothing when all is well')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Don''t ask, do it')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Don''t ask, do it')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Show what would happen, and change nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would happen, and change nothing')
            [CompletionResult]::new('--accept-clock', '--accept-clock', [CompletionResultType]::ParameterName, 'Believe a clock that is behind the store''s last record')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'gatepass;key' {
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'The store [default: gatepass/store.db in the user''s data directory]')
            [CompletionResult]::new('--key-file', '--key-file', [CompletionResultType]::ParameterName, 'The file of the master key [default: gatepass/key in the user''s configuration directory]')
            [CompletionResult]::new('--account', '--account', [CompletionResultType]::ParameterName, 'The account to work on, by its Account ID; with several, changes need it')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How data is written to stdout [default: table]')
            [CompletionResult]::new('--field', '--field', [CompletionResultType]::ParameterName, 'Only this field of the JSON output, as plain text')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour [default: auto]')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Short for --format json')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Ids only; of check, doctor and audit verify nothing when all is well')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Ids only; of check, doctor and audit verify nothing when all is well')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Don''t ask, do it')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Don''t ask, do it')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Show what would happen, and change nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would happen, and change nothing')
            [CompletionResult]::new('--accept-clock', '--accept-clock', [CompletionResultType]::ParameterName, 'Believe a clock that is behind the store''s last record')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('export', 'export', [CompletionResultType]::ParameterValue, 'Copies the key, to a new file or to stdout')
            [CompletionResult]::new('import', 'import', [CompletionResultType]::ParameterValue, 'Brings a copy back to where the key belongs')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'gatepass;key;export' {
            [CompletionResult]::new('--out', '--out', [CompletionResultType]::ParameterName, 'A new file, readable by you alone')
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'The store [default: gatepass/store.db in the user''s data directory]')
            [CompletionResult]::new('--key-file', '--key-file', [CompletionResultType]::ParameterName, 'The file of the master key [default: gatepass/key in the user''s configuration directory]')
            [CompletionResult]::new('--account', '--account', [CompletionResultType]::ParameterName, 'The account to work on, by its Account ID; with several, changes need it')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How data is written to stdout [default: table]')
            [CompletionResult]::new('--field', '--field', [CompletionResultType]::ParameterName, 'Only this field of the JSON output, as plain text')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour [default: auto]')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Short for --format json')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Ids only; of check, doctor and audit verify nothing when all is well')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Ids only; of check, doctor and audit verify nothing when all is well')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Don''t ask, do it')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Don''t ask, do it')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Show what would happen, and change nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would happen, and change nothing')
            [CompletionResult]::new('--accept-clock', '--accept-clock', [CompletionResultType]::ParameterName, 'Believe a clock that is behind the store''s last record')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'gatepass;key;import' {
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'The store [default: gatepass/store.db in the user''s data directory]')
            [CompletionResult]::new('--key-file', '--key-file', [CompletionResultType]::ParameterName, 'The file of the master key [default: gatepass/key in the user''s configuration directory]')
            [CompletionResult]::new('--account', '--account', [CompletionResultType]::ParameterName, 'The account to work on, by its Account ID; with several, changes need it')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How data is written to stdout [default: table]')
            [CompletionResult]::new('--field', '--field', [CompletionResultType]::ParameterName, 'Only this field of the JSON output, as plain text')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour [default: auto]')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Short for --format json')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Ids only; of check, doctor and audit verify nothing when all is well')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Ids only; of check, doctor and audit verify nothing when all is well')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Don''t ask, do it')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Don''t ask, do it')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Show what would happen, and change nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would happen, and change nothing')
            [CompletionResult]::new('--accept-clock', '--accept-clock', [CompletionResultType]::ParameterName, 'Believe a clock that is behind the store''s last record')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'gatepass;key;help' {
            [CompletionResult]::new('export', 'export', [CompletionResultType]::ParameterValue, 'Copies the key, to a new file or to stdout')
            [CompletionResult]::new('import', 'import', [CompletionResultType]::ParameterValue, 'Brings a copy back to where the key belongs')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'gatepass;key;help;export' {
            break
        }
        'gatepass;key;help;import' {
            break
        }
        'gatepass;key;help;help' {
            break
        }
        'gatepass;schema' {
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'The store [default: gatepass/store.db in the user''s data directory]')
            [CompletionResult]::new('--key-file', '--key-file', [CompletionResultType]::ParameterName, 'The file of the master key [default: gatepass/key in the user''s configuration directory]')
            [CompletionResult]::new('--account', '--account', [CompletionResultType]::ParameterName, 'The account to work on, by its Account ID; with several, changes need it')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How data is written to stdout [default: table]')
            [CompletionResult]::new('--field', '--field', [CompletionResultType]::ParameterName, 'Only this field of the JSON output, as plain text')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour [default: auto]')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Short for --format json')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Ids only; of check, doctor and audit verify nothing when all is well')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Ids only; of check, doctor and audit verify nothing when all is well')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Don''t ask, do it')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Don''t ask, do it')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Show what would happen, and change nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would happen, and change nothing')
            [CompletionResult]::new('--accept-clock', '--accept-clock', [CompletionResultType]::ParameterName, 'Believe a clock that is behind the store''s last record')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'Lists their names')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Shows one')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'gatepass;schema;list' {
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'The store [default: gatepass/store.db in the user''s data directory]')
            [CompletionResult]::new('--key-file', '--key-file', [CompletionResultType]::ParameterName, 'The file of the master key [default: gatepass/key in the user''s configuration directory]')
            [CompletionResult]::new('--account', '--account', [CompletionResultType]::ParameterName, 'The account to work on, by its Account ID; with several, changes need it')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How data is written to stdout [default: table]')
            [CompletionResult]::new('--field', '--field', [CompletionResultType]::ParameterName, 'Only this field of the JSON output, as plain text')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour [default: auto]')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Short for --format json')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Ids only; of check, doctor and audit verify nothing when all is well')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Ids only; of check, doctor and audit verify nothing when all is well')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Don''t ask, do it')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Don''t ask, do it')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Show what would happen, and change nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would happen, and change nothing')
            [CompletionResult]::new('--accept-clock', '--accept-clock', [CompletionResultType]::ParameterName, 'Believe a clock that is behind the store''s last record')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'gatepass;schema;show' {
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'The store [default: gatepass/store.db in the user''s data directory]')
            [CompletionResult]::new('--key-file', '--key-file', [CompletionResultType]::ParameterName, 'The file of the master key [default: gatepass/key in the user''s configuration directory]')
            [CompletionResult]::new('--account', '--account', [CompletionResultType]::ParameterName, 'The account to work on, by its Account ID; with several, changes need it')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How data is written to stdout [default: table]')
            [CompletionResult]::new('--field', '--field', [CompletionResultType]::ParameterName, 'Only this field of the JSON output, as plain text')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour [default: auto]')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Short for --format json')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Ids only; of check, doctor and audit verify nothing when all is well')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Ids only; of check, doctor and audit verify nothing when all is well')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Don''t ask, do it')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Don''t ask, do it')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Show what would happen, and change nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would happen, and change nothing')
            [CompletionResult]::new('--accept-clock', '--accept-clock', [CompletionResultType]::ParameterName, 'Believe a clock that is behind the store''s last record')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'gatepass;schema;help' {
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'Lists their names')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Shows one')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'gatepass;schema;help;list' {
            break
        }
        'gatepass;schema;help;show' {
            break
        }
        'gatepass;schema;help;help' {
            break
        }
        'gatepass;proxy-config' {
            [CompletionResult]::new('--listen', '--listen', [CompletionResultType]::ParameterName, 'Where the proxy listens')
            [CompletionResult]::new('--gate', '--gate', [CompletionResultType]::ParameterName, 'Where gatepass serve listens: an address, or unix:PATH')
            [CompletionResult]::new('--backend', '--backend', [CompletionResultType]::ParameterName, 'Where the protected API listens')
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'The store [default: gatepass/store.db in the user''s data directory]')
            [CompletionResult]::new('--key-file', '--key-file', [CompletionResultType]::ParameterName, 'The file of the master key [default: gatepass/key in the user''s configuration directory]')
            [CompletionResult]::new('--account', '--account', [CompletionResultType]::ParameterName, 'The account to work on, by its Account ID; with several, changes need it')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How data is written to stdout [default: table]')
            [CompletionResult]::new('--field', '--field', [CompletionResultType]::ParameterName, 'Only this field of the JSON output, as plain text')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour [default: auto]')
            [CompletionResult]::new('--lua', '--lua', [CompletionResultType]::ParameterName, 'Print the script that the sample for HAProxy loads, gatepass.lua, and not the sample')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Short for --format json')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Ids only; of check, doctor and audit verify nothing when all is well')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Ids only; of check, doctor and audit verify nothing when all is well')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Don''t ask, do it')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Don''t ask, do it')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Show what would happen, and change nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would happen, and change nothing')
            [CompletionResult]::new('--accept-clock', '--accept-clock', [CompletionResultType]::ParameterName, 'Believe a clock that is behind the store''s last record')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'gatepass;completions' {
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'The store [default: gatepass/store.db in the user''s data directory]')
            [CompletionResult]::new('--key-file', '--key-file', [CompletionResultType]::ParameterName, 'The file of the master key [default: gatepass/key in the user''s configuration directory]')
            [CompletionResult]::new('--account', '--account', [CompletionResultType]::ParameterName, 'The account to work on, by its Account ID; with several, changes need it')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How data is written to stdout [default: table]')
            [CompletionResult]::new('--field', '--field', [CompletionResultType]::ParameterName, 'Only this field of the JSON output, as plain text')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour [default: auto]')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Short for --format json')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Ids only; of check, doctor and audit verify nothing when all is well')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Ids only; of check, doctor and audit verify nothing when all is well')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Don''t ask, do it')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Don''t ask, do it')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Show what would happen, and change nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would happen, and change nothing')
            [CompletionResult]::new('--accept-clock', '--accept-clock', [CompletionResultType]::ParameterName, 'Believe a clock that is behind the store''s last record')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'gatepass;man' {
            [CompletionResult]::new('--dir', '--dir', [CompletionResultType]::ParameterName, 'Write all pages here')
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'The store [default: gatepass/store.db in the user''s data directory]')
            [CompletionResult]::new('--key-file', '--key-file', [CompletionResultType]::ParameterName, 'The file of the master key [default: gatepass/key in the user''s configuration directory]')
            [CompletionResult]::new('--account', '--account', [CompletionResultType]::ParameterName, 'The account to work on, by its Account ID; with several, changes need it')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How data is written to stdout [default: table]')
            [CompletionResult]::new('--field', '--field', [CompletionResultType]::ParameterName, 'Only this field of the JSON output, as plain text')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour [default: auto]')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Short for --format json')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Ids only; of check, doctor and audit verify nothing when all is well')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Ids only; of check, doctor and audit verify nothing when all is well')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Don''t ask, do it')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Don''t ask, do it')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Show what would happen, and change nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would happen, and change nothing')
            [CompletionResult]::new('--accept-clock', '--accept-clock', [CompletionResultType]::ParameterName, 'Believe a clock that is behind the store''s last record')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'gatepass;help' {
            [CompletionResult]::new('create', 'create', [CompletionResultType]::ParameterValue, 'Makes an account passcode for one partner and shows its secret once')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'Lists credentials')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Shows one credential; never its secret')
            [CompletionResult]::new('edit', 'edit', [CompletionResultType]::ParameterValue, 'Changes name, note, lifetime, what a token is good for, or the right to introspect; the id and the secret stay')
            [CompletionResult]::new('delete', 'delete', [CompletionResultType]::ParameterValue, 'Ends credentials at once and takes them off the list; their names and places are free again')
            [CompletionResult]::new('grant-user', 'grant-user', [CompletionResultType]::ParameterValue, 'Makes the passcode of one user and shows its secret once, or of many from a CSV file')
            [CompletionResult]::new('grant-app', 'grant-app', [CompletionResultType]::ParameterValue, 'Makes the token of an app for a district, and shows its secret once')
            [CompletionResult]::new('reset', 'reset', [CompletionResultType]::ParameterValue, 'Gives credentials new secrets, shown once; their ids, names and ends stay')
            [CompletionResult]::new('revoke', 'revoke', [CompletionResultType]::ParameterValue, 'Ends credentials at once and keeps them listed as revoked, with who, when and why')
            [CompletionResult]::new('verify', 'verify', [CompletionResultType]::ParameterValue, 'Tells whose secret it is and whether it is good; the exit code tells, too')
            [CompletionResult]::new('check', 'check', [CompletionResultType]::ParameterValue, 'Tells cron and monitoring what has expired and what soon will')
            [CompletionResult]::new('deliver', 'deliver', [CompletionResultType]::ParameterValue, 'Tells apps of their tokens: sends all messages that are due, once, and ends')
            [CompletionResult]::new('serve', 'serve', [CompletionResultType]::ParameterValue, 'Answers proxies that ask whether a request may pass')
            [CompletionResult]::new('app', 'app', [CompletionResultType]::ParameterValue, 'Adds, lists, shows, changes, resets and removes apps')
            [CompletionResult]::new('district', 'district', [CompletionResultType]::ParameterValue, 'Adds, lists, shows, changes, connects and removes districts')
            [CompletionResult]::new('legacy', 'legacy', [CompletionResultType]::ParameterValue, 'Leads apps away from the keys that they had before there were tokens')
            [CompletionResult]::new('account', 'account', [CompletionResultType]::ParameterValue, 'Lists, shows, adds and changes accounts')
            [CompletionResult]::new('audit', 'audit', [CompletionResultType]::ParameterValue, 'Lists and verifies the log of changes')
            [CompletionResult]::new('doctor', 'doctor', [CompletionResultType]::ParameterValue, 'Examines store, key and log: every record against its seal, its neighbours and its last audit record')
            [CompletionResult]::new('key', 'key', [CompletionResultType]::ParameterValue, 'Copies the master key for escrow, and brings it back')
            [CompletionResult]::new('schema', 'schema', [CompletionResultType]::ParameterValue, 'Lists and shows the JSON Schemas of the output')
            [CompletionResult]::new('proxy-config', 'proxy-config', [CompletionResultType]::ParameterValue, 'Prints the configuration of a proxy that asks gatepass serve before each request')
            [CompletionResult]::new('completions', 'completions', [CompletionResultType]::ParameterValue, 'Prints a completion script for a shell')
            [CompletionResult]::new('man', 'man', [CompletionResultType]::ParameterValue, 'Prints the man page of gatepass, or writes the pages of all its subcommands to a directory')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'gatepass;help;create' {
            break
        }
        'gatepass;help;list' {
            break
        }
        'gatepass;help;show' {
            break
        }
        'gatepass;help;edit' {
            break
        }
        'gatepass;help;delete' {
            break
        }
        'gatepass;help;grant-user' {
            break
        }
        'gatepass;help;grant-app' {
            break
        }
        'gatepass;help;reset' {
            break
        }
        'gatepass;help;revoke' {
            break
        }
        'gatepass;help;verify' {
            break
        }
        'gatepass;help;check' {
            break
        }
        'gatepass;help;deliver' {
            break
        }
        'gatepass;help;serve' {
            break
        }
        'gatepass;help;app' {
            [CompletionResult]::new('add', 'add', [CompletionResultType]::ParameterValue, 'Adds an app and shows its client secret once')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'Lists apps')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Shows one app; never its client secret')
            [CompletionResult]::new('edit', 'edit', [CompletionResultType]::ParameterValue, 'Changes an app; its ids and its client secret stay')
            [CompletionResult]::new('reset', 'reset', [CompletionResultType]::ParameterValue, 'Gives an app a new client secret, shown once')
            [CompletionResult]::new('remove', 'remove', [CompletionResultType]::ParameterValue, 'Removes an app; its name is free again')
            break
        }
        'gatepass;help;app;add' {
            break
        }
        'gatepass;help;app;list' {
            break
        }
        'gatepass;help;app;show' {
            break
        }
        'gatepass;help;app;edit' {
            break
        }
        'gatepass;help;app;reset' {
            break
        }
        'gatepass;help;app;remove' {
            break
        }
        'gatepass;help;district' {
            [CompletionResult]::new('add', 'add', [CompletionResultType]::ParameterValue, 'Adds a district')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'Lists districts')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Shows one district')
            [CompletionResult]::new('edit', 'edit', [CompletionResultType]::ParameterValue, 'Changes a district; its id stays')
            [CompletionResult]::new('remove', 'remove', [CompletionResultType]::ParameterValue, 'Removes a district; its name and external id are free again')
            [CompletionResult]::new('connect', 'connect', [CompletionResultType]::ParameterValue, 'Makes the tokens of several apps for a district, or for many from a CSV file, all or none')
            break
        }
        'gatepass;help;district;add' {
            break
        }
        'gatepass;help;district;list' {
            break
        }
        'gatepass;help;district;show' {
            break
        }
        'gatepass;help;district;edit' {
            break
        }
        'gatepass;help;district;remove' {
            break
        }
        'gatepass;help;district;connect' {
            break
        }
        'gatepass;help;legacy' {
            [CompletionResult]::new('policy', 'policy', [CompletionResultType]::ParameterValue, 'Shows or sets when legacy keys are announced to end, when they are limited, and when they end')
            [CompletionResult]::new('report', 'report', [CompletionResultType]::ParameterValue, 'Tells which apps still depend on their legacy keys, and who blocks the sunset')
            break
        }
        'gatepass;help;legacy;policy' {
            break
        }
        'gatepass;help;legacy;report' {
            break
        }
        'gatepass;help;account' {
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'Lists the accounts')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Shows one account')
            [CompletionResult]::new('add', 'add', [CompletionResultType]::ParameterValue, 'Adds an account')
            [CompletionResult]::new('edit', 'edit', [CompletionResultType]::ParameterValue, 'Changes an account')
            break
        }
        'gatepass;help;account;list' {
            break
        }
        'gatepass;help;account;show' {
            break
        }
        'gatepass;help;account;add' {
            break
        }
        'gatepass;help;account;edit' {
            break
        }
        'gatepass;help;audit' {
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'Lists the changes, oldest first')
            [CompletionResult]::new('verify', 'verify', [CompletionResultType]::ParameterValue, 'Verifies the whole log; names the first broken record')
            [CompletionResult]::new('checkpoint', 'checkpoint', [CompletionResultType]::ParameterValue, 'Prints where the log stands, as a sealed line to keep elsewhere')
            break
        }
        'gatepass;help;audit;list' {
            break
        }
        'gatepass;help;audit;verify' {
            break
        }
        'gatepass;help;audit;checkpoint' {
            break
        }
        'gatepass;help;doctor' {
            break
        }
        'gatepass;help;key' {
            [CompletionResult]::new('export', 'export', [CompletionResultType]::ParameterValue, 'Copies the key, to a new file or to stdout')
            [CompletionResult]::new('import', 'import', [CompletionResultType]::ParameterValue, 'Brings a copy back to where the key belongs')
            break
        }
        'gatepass;help;key;export' {
            break
        }
        'gatepass;help;key;import' {
            break
        }
        'gatepass;help;schema' {
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'Lists their names')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Shows one')
            break
        }
        'gatepass;help;schema;list' {
            break
        }
        'gatepass;help;schema;show' {
            break
        }
        'gatepass;help;proxy-config' {
            break
        }
        'gatepass;help;completions' {
            break
        }
        'gatepass;help;man' {
            break
        }
        'gatepass;help;help' {
            break
        }
    })

    $completions.Where{ $_.CompletionText -like "$wordToComplete*" } |
        Sort-Object -Property ListItemText
}
