
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
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'Path of the store')
            [CompletionResult]::new('--key-file', '--key-file', [CompletionResultType]::ParameterName, 'Path of the master key file')
            [CompletionResult]::new('--account', '--account', [CompletionResultType]::ParameterName, 'Account to use; required for changes if there is more than one')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Output format [default: table]')
            [CompletionResult]::new('--field', '--field', [CompletionResultType]::ParameterName, 'Print only this field, as plain text')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour [default: auto]')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Same as --format json')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print ids only; check, doctor and audit verify print nothing on success')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print ids only; check, doctor and audit verify print nothing on success')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Skip confirmation')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Skip confirmation')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Show what would happen, but change nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would happen, but change nothing')
            [CompletionResult]::new('--accept-clock', '--accept-clock', [CompletionResultType]::ParameterName, 'Proceed although the clock is behind the last record')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('create', 'create', [CompletionResultType]::ParameterValue, 'Create a passcode for a partner; the secret is shown once')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List credentials')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Show a credential, but never its secret')
            [CompletionResult]::new('edit', 'edit', [CompletionResultType]::ParameterValue, 'Edit a credential; its id and secret stay the same')
            [CompletionResult]::new('delete', 'delete', [CompletionResultType]::ParameterValue, 'Delete credentials; frees their names and slots')
            [CompletionResult]::new('grant-user', 'grant-user', [CompletionResultType]::ParameterValue, 'Create a user''s passcode, or many from a CSV file')
            [CompletionResult]::new('grant-app', 'grant-app', [CompletionResultType]::ParameterValue, 'Create the token of an app for a district')
            [CompletionResult]::new('reset', 'reset', [CompletionResultType]::ParameterValue, 'Rotate secrets; id, name and expiry stay the same')
            [CompletionResult]::new('revoke', 'revoke', [CompletionResultType]::ParameterValue, 'Revoke credentials but keep them listed')
            [CompletionResult]::new('verify', 'verify', [CompletionResultType]::ParameterValue, 'Identify a secret and check that it is valid (see exit codes)')
            [CompletionResult]::new('check', 'check', [CompletionResultType]::ParameterValue, 'Report expired and soon-to-expire credentials')
            [CompletionResult]::new('deliver', 'deliver', [CompletionResultType]::ParameterValue, 'Send pending webhook messages to apps, then exit')
            [CompletionResult]::new('serve', 'serve', [CompletionResultType]::ParameterValue, 'Run the authorization server that proxies query')
            [CompletionResult]::new('app', 'app', [CompletionResultType]::ParameterValue, 'Add, list, show, edit, reset and remove apps')
            [CompletionResult]::new('district', 'district', [CompletionResultType]::ParameterValue, 'Add, list, show, edit, connect and remove districts')
            [CompletionResult]::new('legacy', 'legacy', [CompletionResultType]::ParameterValue, 'Phase out legacy API keys')
            [CompletionResult]::new('account', 'account', [CompletionResultType]::ParameterValue, 'List, show, add and edit accounts')
            [CompletionResult]::new('audit', 'audit', [CompletionResultType]::ParameterValue, 'List, show and verify the audit log')
            [CompletionResult]::new('doctor', 'doctor', [CompletionResultType]::ParameterValue, 'Check the integrity of store, key and audit log')
            [CompletionResult]::new('key', 'key', [CompletionResultType]::ParameterValue, 'Back up and restore the master key')
            [CompletionResult]::new('store', 'store', [CompletionResultType]::ParameterValue, 'Migrate the store to the version that this gatepass requires')
            [CompletionResult]::new('schema', 'schema', [CompletionResultType]::ParameterValue, 'List and show the JSON Schemas of the output')
            [CompletionResult]::new('proxy-config', 'proxy-config', [CompletionResultType]::ParameterValue, 'Print a proxy configuration that queries gatepass serve')
            [CompletionResult]::new('completions', 'completions', [CompletionResultType]::ParameterValue, 'Print a completion script for a shell')
            [CompletionResult]::new('man', 'man', [CompletionResultType]::ParameterValue, 'Print the man page, or write all man pages to a directory')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'gatepass;create' {
            [CompletionResult]::new('--days', '--days', [CompletionResultType]::ParameterName, 'Valid for N days (1–365)')
            [CompletionResult]::new('--until', '--until', [CompletionResultType]::ParameterName, 'Valid until this date, at most 365 days ahead')
            [CompletionResult]::new('--note', '--note', [CompletionResultType]::ParameterName, 'A note, shown in lists')
            [CompletionResult]::new('--out', '--out', [CompletionResultType]::ParameterName, 'Write the secret to a new file instead of showing it')
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'Path of the store')
            [CompletionResult]::new('--key-file', '--key-file', [CompletionResultType]::ParameterName, 'Path of the master key file')
            [CompletionResult]::new('--account', '--account', [CompletionResultType]::ParameterName, 'Account to use; required for changes if there is more than one')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Output format [default: table]')
            [CompletionResult]::new('--field', '--field', [CompletionResultType]::ParameterName, 'Print only this field, as plain text')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour [default: auto]')
            [CompletionResult]::new('--infinite', '--infinite', [CompletionResultType]::ParameterName, 'Valid for ten years')
            [CompletionResult]::new('--forever', '--forever', [CompletionResultType]::ParameterName, 'Never expires')
            [CompletionResult]::new('--if-missing', '--if-missing', [CompletionResultType]::ParameterName, 'Do nothing if a valid passcode of that name exists')
            [CompletionResult]::new('--copy', '--copy', [CompletionResultType]::ParameterName, 'Also copy the secret to the clipboard')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Same as --format json')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print ids only; check, doctor and audit verify print nothing on success')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print ids only; check, doctor and audit verify print nothing on success')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Skip confirmation')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Skip confirmation')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Show what would happen, but change nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would happen, but change nothing')
            [CompletionResult]::new('--accept-clock', '--accept-clock', [CompletionResultType]::ParameterName, 'Proceed although the clock is behind the last record')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'gatepass;list' {
            [CompletionResult]::new('--kind', '--kind', [CompletionResultType]::ParameterName, 'Only these kinds, e.g. account,user')
            [CompletionResult]::new('--state', '--state', [CompletionResultType]::ParameterName, 'Only these states, e.g. expired,revoked')
            [CompletionResult]::new('--expiring', '--expiring', [CompletionResultType]::ParameterName, 'Only those expired or expiring within N days (default 30)')
            [CompletionResult]::new('--unused', '--unused', [CompletionResultType]::ParameterName, 'Only those unused for N days (never used: since creation)')
            [CompletionResult]::new('--user', '--user', [CompletionResultType]::ParameterName, 'Only the passcodes of this user')
            [CompletionResult]::new('--app', '--app', [CompletionResultType]::ParameterName, 'Only the tokens and the legacy key of this app')
            [CompletionResult]::new('--district', '--district', [CompletionResultType]::ParameterName, 'Only the tokens for this district')
            [CompletionResult]::new('--name', '--name', [CompletionResultType]::ParameterName, 'Only names that match this pattern, e.g. ''acme*''')
            [CompletionResult]::new('--sort', '--sort', [CompletionResultType]::ParameterName, 'Order of the list')
            [CompletionResult]::new('--limit', '--limit', [CompletionResultType]::ParameterName, 'Show at most N')
            [CompletionResult]::new('--at', '--at', [CompletionResultType]::ParameterName, 'Show the list as of this date')
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'Path of the store')
            [CompletionResult]::new('--key-file', '--key-file', [CompletionResultType]::ParameterName, 'Path of the master key file')
            [CompletionResult]::new('--account', '--account', [CompletionResultType]::ParameterName, 'Account to use; required for changes if there is more than one')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Output format [default: table]')
            [CompletionResult]::new('--field', '--field', [CompletionResultType]::ParameterName, 'Print only this field, as plain text')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour [default: auto]')
            [CompletionResult]::new('--all', '--all', [CompletionResultType]::ParameterName, 'Include deleted ones')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Same as --format json')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print ids only; check, doctor and audit verify print nothing on success')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print ids only; check, doctor and audit verify print nothing on success')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Skip confirmation')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Skip confirmation')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Show what would happen, but change nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would happen, but change nothing')
            [CompletionResult]::new('--accept-clock', '--accept-clock', [CompletionResultType]::ParameterName, 'Proceed although the clock is behind the last record')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'gatepass;show' {
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'Path of the store')
            [CompletionResult]::new('--key-file', '--key-file', [CompletionResultType]::ParameterName, 'Path of the master key file')
            [CompletionResult]::new('--account', '--account', [CompletionResultType]::ParameterName, 'Account to use; required for changes if there is more than one')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Output format [default: table]')
            [CompletionResult]::new('--field', '--field', [CompletionResultType]::ParameterName, 'Print only this field, as plain text')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour [default: auto]')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Same as --format json')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print ids only; check, doctor and audit verify print nothing on success')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print ids only; check, doctor and audit verify print nothing on success')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Skip confirmation')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Skip confirmation')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Show what would happen, but change nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would happen, but change nothing')
            [CompletionResult]::new('--accept-clock', '--accept-clock', [CompletionResultType]::ParameterName, 'Proceed although the clock is behind the last record')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'gatepass;edit' {
            [CompletionResult]::new('--name', '--name', [CompletionResultType]::ParameterName, 'New name of an account passcode')
            [CompletionResult]::new('--note', '--note', [CompletionResultType]::ParameterName, 'New note')
            [CompletionResult]::new('--scope', '--scope', [CompletionResultType]::ParameterName, 'Replace the token''s scopes')
            [CompletionResult]::new('--limit', '--limit', [CompletionResultType]::ParameterName, 'Rate limit of the token, e.g. 600/min')
            [CompletionResult]::new('--introspect', '--introspect', [CompletionResultType]::ParameterName, 'Allow its holder to use POST /introspect')
            [CompletionResult]::new('--days', '--days', [CompletionResultType]::ParameterName, 'Valid for N days (1–365)')
            [CompletionResult]::new('--until', '--until', [CompletionResultType]::ParameterName, 'Valid until this date, at most 365 days ahead')
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'Path of the store')
            [CompletionResult]::new('--key-file', '--key-file', [CompletionResultType]::ParameterName, 'Path of the master key file')
            [CompletionResult]::new('--account', '--account', [CompletionResultType]::ParameterName, 'Account to use; required for changes if there is more than one')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Output format [default: table]')
            [CompletionResult]::new('--field', '--field', [CompletionResultType]::ParameterName, 'Print only this field, as plain text')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour [default: auto]')
            [CompletionResult]::new('--no-note', '--no-note', [CompletionResultType]::ParameterName, 'Remove the note')
            [CompletionResult]::new('--no-limit', '--no-limit', [CompletionResultType]::ParameterName, 'Remove the token''s own rate limit; the limit of its app applies')
            [CompletionResult]::new('--infinite', '--infinite', [CompletionResultType]::ParameterName, 'Valid for ten years')
            [CompletionResult]::new('--forever', '--forever', [CompletionResultType]::ParameterName, 'Never expires')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Same as --format json')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print ids only; check, doctor and audit verify print nothing on success')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print ids only; check, doctor and audit verify print nothing on success')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Skip confirmation')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Skip confirmation')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Show what would happen, but change nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would happen, but change nothing')
            [CompletionResult]::new('--accept-clock', '--accept-clock', [CompletionResultType]::ParameterName, 'Proceed although the clock is behind the last record')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'gatepass;delete' {
            [CompletionResult]::new('--older-than', '--older-than', [CompletionResultType]::ParameterName, 'With --expired, only those expired at least this long ago, e.g. 30d')
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'Path of the store')
            [CompletionResult]::new('--key-file', '--key-file', [CompletionResultType]::ParameterName, 'Path of the master key file')
            [CompletionResult]::new('--account', '--account', [CompletionResultType]::ParameterName, 'Account to use; required for changes if there is more than one')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Output format [default: table]')
            [CompletionResult]::new('--field', '--field', [CompletionResultType]::ParameterName, 'Print only this field, as plain text')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour [default: auto]')
            [CompletionResult]::new('--expired', '--expired', [CompletionResultType]::ParameterName, 'All expired credentials, of every kind')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Same as --format json')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print ids only; check, doctor and audit verify print nothing on success')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print ids only; check, doctor and audit verify print nothing on success')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Skip confirmation')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Skip confirmation')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Show what would happen, but change nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would happen, but change nothing')
            [CompletionResult]::new('--accept-clock', '--accept-clock', [CompletionResultType]::ParameterName, 'Proceed although the clock is behind the last record')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'gatepass;grant-user' {
            [CompletionResult]::new('--from', '--from', [CompletionResultType]::ParameterName, 'CSV file of users; requires --out')
            [CompletionResult]::new('--days', '--days', [CompletionResultType]::ParameterName, 'Valid for N days (1–365)')
            [CompletionResult]::new('--until', '--until', [CompletionResultType]::ParameterName, 'Valid until this date, at most 365 days ahead')
            [CompletionResult]::new('--note', '--note', [CompletionResultType]::ParameterName, 'A note, shown in lists')
            [CompletionResult]::new('--out', '--out', [CompletionResultType]::ParameterName, 'Write the secret to a new file instead of showing it')
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'Path of the store')
            [CompletionResult]::new('--key-file', '--key-file', [CompletionResultType]::ParameterName, 'Path of the master key file')
            [CompletionResult]::new('--account', '--account', [CompletionResultType]::ParameterName, 'Account to use; required for changes if there is more than one')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Output format [default: table]')
            [CompletionResult]::new('--field', '--field', [CompletionResultType]::ParameterName, 'Print only this field, as plain text')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour [default: auto]')
            [CompletionResult]::new('--infinite', '--infinite', [CompletionResultType]::ParameterName, 'Valid for ten years')
            [CompletionResult]::new('--copy', '--copy', [CompletionResultType]::ParameterName, 'Also copy the secret to the clipboard')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Same as --format json')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print ids only; check, doctor and audit verify print nothing on success')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print ids only; check, doctor and audit verify print nothing on success')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Skip confirmation')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Skip confirmation')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Show what would happen, but change nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would happen, but change nothing')
            [CompletionResult]::new('--accept-clock', '--accept-clock', [CompletionResultType]::ParameterName, 'Proceed although the clock is behind the last record')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'gatepass;grant-app' {
            [CompletionResult]::new('--district', '--district', [CompletionResultType]::ParameterName, 'District: id, external id or name')
            [CompletionResult]::new('--scope', '--scope', [CompletionResultType]::ParameterName, 'Scope to grant, e.g. read:students; can be repeated')
            [CompletionResult]::new('--limit', '--limit', [CompletionResultType]::ParameterName, 'Rate limit, e.g. 600/min')
            [CompletionResult]::new('--days', '--days', [CompletionResultType]::ParameterName, 'Valid for N days (1–365)')
            [CompletionResult]::new('--until', '--until', [CompletionResultType]::ParameterName, 'Valid until this date, at most 365 days ahead')
            [CompletionResult]::new('--note', '--note', [CompletionResultType]::ParameterName, 'A note, shown in lists')
            [CompletionResult]::new('--out', '--out', [CompletionResultType]::ParameterName, 'Write the secret to a new file instead of showing it')
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'Path of the store')
            [CompletionResult]::new('--key-file', '--key-file', [CompletionResultType]::ParameterName, 'Path of the master key file')
            [CompletionResult]::new('--account', '--account', [CompletionResultType]::ParameterName, 'Account to use; required for changes if there is more than one')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Output format [default: table]')
            [CompletionResult]::new('--field', '--field', [CompletionResultType]::ParameterName, 'Print only this field, as plain text')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour [default: auto]')
            [CompletionResult]::new('--infinite', '--infinite', [CompletionResultType]::ParameterName, 'Valid for ten years')
            [CompletionResult]::new('--forever', '--forever', [CompletionResultType]::ParameterName, 'Never expires')
            [CompletionResult]::new('--pickup', '--pickup', [CompletionResultType]::ParameterName, 'Let the app fetch the secret, so that nobody else sees it')
            [CompletionResult]::new('--copy', '--copy', [CompletionResultType]::ParameterName, 'Also copy the secret to the clipboard')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Same as --format json')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print ids only; check, doctor and audit verify print nothing on success')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print ids only; check, doctor and audit verify print nothing on success')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Skip confirmation')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Skip confirmation')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Show what would happen, but change nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would happen, but change nothing')
            [CompletionResult]::new('--accept-clock', '--accept-clock', [CompletionResultType]::ParameterName, 'Proceed although the clock is behind the last record')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'gatepass;reset' {
            [CompletionResult]::new('--overlap', '--overlap', [CompletionResultType]::ParameterName, 'Keep the old secret valid this long, e.g. 7d')
            [CompletionResult]::new('--days', '--days', [CompletionResultType]::ParameterName, 'Valid for N days (1–365)')
            [CompletionResult]::new('--until', '--until', [CompletionResultType]::ParameterName, 'Valid until this date, at most 365 days ahead')
            [CompletionResult]::new('--out', '--out', [CompletionResultType]::ParameterName, 'Write the secret to a new file instead of showing it')
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'Path of the store')
            [CompletionResult]::new('--key-file', '--key-file', [CompletionResultType]::ParameterName, 'Path of the master key file')
            [CompletionResult]::new('--account', '--account', [CompletionResultType]::ParameterName, 'Account to use; required for changes if there is more than one')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Output format [default: table]')
            [CompletionResult]::new('--field', '--field', [CompletionResultType]::ParameterName, 'Print only this field, as plain text')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour [default: auto]')
            [CompletionResult]::new('--until-used', '--until-used', [CompletionResultType]::ParameterName, 'Keep the old secret valid until the new one is used')
            [CompletionResult]::new('--infinite', '--infinite', [CompletionResultType]::ParameterName, 'Valid for ten years')
            [CompletionResult]::new('--forever', '--forever', [CompletionResultType]::ParameterName, 'Never expires')
            [CompletionResult]::new('--copy', '--copy', [CompletionResultType]::ParameterName, 'Also copy the secret to the clipboard')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Same as --format json')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print ids only; check, doctor and audit verify print nothing on success')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print ids only; check, doctor and audit verify print nothing on success')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Skip confirmation')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Skip confirmation')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Show what would happen, but change nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would happen, but change nothing')
            [CompletionResult]::new('--accept-clock', '--accept-clock', [CompletionResultType]::ParameterName, 'Proceed although the clock is behind the last record')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'gatepass;revoke' {
            [CompletionResult]::new('--reason', '--reason', [CompletionResultType]::ParameterName, 'Reason to record, e.g. key-compromise')
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'Path of the store')
            [CompletionResult]::new('--key-file', '--key-file', [CompletionResultType]::ParameterName, 'Path of the master key file')
            [CompletionResult]::new('--account', '--account', [CompletionResultType]::ParameterName, 'Account to use; required for changes if there is more than one')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Output format [default: table]')
            [CompletionResult]::new('--field', '--field', [CompletionResultType]::ParameterName, 'Print only this field, as plain text')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour [default: auto]')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Same as --format json')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print ids only; check, doctor and audit verify print nothing on success')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print ids only; check, doctor and audit verify print nothing on success')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Skip confirmation')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Skip confirmation')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Show what would happen, but change nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would happen, but change nothing')
            [CompletionResult]::new('--accept-clock', '--accept-clock', [CompletionResultType]::ParameterName, 'Proceed although the clock is behind the last record')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'gatepass;verify' {
            [CompletionResult]::new('--scope', '--scope', [CompletionResultType]::ParameterName, 'Require this scope, e.g. read:students; can be repeated')
            [CompletionResult]::new('--district', '--district', [CompletionResultType]::ParameterName, 'Require this district: id, external id or name')
            [CompletionResult]::new('--app', '--app', [CompletionResultType]::ParameterName, 'Require this app: id, client id or name')
            [CompletionResult]::new('--region', '--region', [CompletionResultType]::ParameterName, 'Require this region: eu1, in1, sg1, us1, aps3 or mec1')
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'Path of the store')
            [CompletionResult]::new('--key-file', '--key-file', [CompletionResultType]::ParameterName, 'Path of the master key file')
            [CompletionResult]::new('--account', '--account', [CompletionResultType]::ParameterName, 'Account to use; required for changes if there is more than one')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Output format [default: table]')
            [CompletionResult]::new('--field', '--field', [CompletionResultType]::ParameterName, 'Print only this field, as plain text')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour [default: auto]')
            [CompletionResult]::new('--headers', '--headers', [CompletionResultType]::ParameterName, 'Read the header lines of a request, or the output of curl -v')
            [CompletionResult]::new('--legacy', '--legacy', [CompletionResultType]::ParameterName, 'Read a legacy key')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Same as --format json')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print ids only; check, doctor and audit verify print nothing on success')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print ids only; check, doctor and audit verify print nothing on success')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Skip confirmation')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Skip confirmation')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Show what would happen, but change nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would happen, but change nothing')
            [CompletionResult]::new('--accept-clock', '--accept-clock', [CompletionResultType]::ParameterName, 'Proceed although the clock is behind the last record')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'gatepass;check' {
            [CompletionResult]::new('--warn', '--warn', [CompletionResultType]::ParameterName, 'Warning threshold in days')
            [CompletionResult]::new('--crit', '--crit', [CompletionResultType]::ParameterName, 'Critical threshold in days')
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'Path of the store')
            [CompletionResult]::new('--key-file', '--key-file', [CompletionResultType]::ParameterName, 'Path of the master key file')
            [CompletionResult]::new('--account', '--account', [CompletionResultType]::ParameterName, 'Account to use; required for changes if there is more than one')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Output format [default: table]')
            [CompletionResult]::new('--field', '--field', [CompletionResultType]::ParameterName, 'Print only this field, as plain text')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour [default: auto]')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Same as --format json')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print ids only; check, doctor and audit verify print nothing on success')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print ids only; check, doctor and audit verify print nothing on success')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Skip confirmation')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Skip confirmation')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Show what would happen, but change nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would happen, but change nothing')
            [CompletionResult]::new('--accept-clock', '--accept-clock', [CompletionResultType]::ParameterName, 'Proceed although the clock is behind the last record')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'gatepass;deliver' {
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'Path of the store')
            [CompletionResult]::new('--key-file', '--key-file', [CompletionResultType]::ParameterName, 'Path of the master key file')
            [CompletionResult]::new('--account', '--account', [CompletionResultType]::ParameterName, 'Account to use; required for changes if there is more than one')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Output format [default: table]')
            [CompletionResult]::new('--field', '--field', [CompletionResultType]::ParameterName, 'Print only this field, as plain text')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour [default: auto]')
            [CompletionResult]::new('--allow-private-webhooks', '--allow-private-webhooks', [CompletionResultType]::ParameterName, 'Also deliver to private addresses and over http')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Same as --format json')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print ids only; check, doctor and audit verify print nothing on success')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print ids only; check, doctor and audit verify print nothing on success')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Skip confirmation')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Skip confirmation')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Show what would happen, but change nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would happen, but change nothing')
            [CompletionResult]::new('--accept-clock', '--accept-clock', [CompletionResultType]::ParameterName, 'Proceed although the clock is behind the last record')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'gatepass;serve' {
            [CompletionResult]::new('--listen', '--listen', [CompletionResultType]::ParameterName, 'Address to listen on: IP:PORT or unix:PATH [default: 127.0.0.1:8710]')
            [CompletionResult]::new('--ops-listen', '--ops-listen', [CompletionResultType]::ParameterName, 'Address for health and metrics [default: 127.0.0.1:8711]')
            [CompletionResult]::new('--region', '--region', [CompletionResultType]::ParameterName, 'Region of the API; refuses credentials of other regions')
            [CompletionResult]::new('--trusted-proxy', '--trusted-proxy', [CompletionResultType]::ParameterName, 'Trusted proxy networks, e.g. 10.0.0.0/8; can be repeated')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Status codes to send: exact or full [default: exact]')
            [CompletionResult]::new('--workers', '--workers', [CompletionResultType]::ParameterName, 'Number of threads, 1 to 1024 [default: one per core]')
            [CompletionResult]::new('--max-stale', '--max-stale', [CompletionResultType]::ParameterName, 'Seconds to respond from memory without the store [default: 1]')
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'Path of the store')
            [CompletionResult]::new('--key-file', '--key-file', [CompletionResultType]::ParameterName, 'Path of the master key file')
            [CompletionResult]::new('--account', '--account', [CompletionResultType]::ParameterName, 'Account to use; required for changes if there is more than one')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Output format [default: table]')
            [CompletionResult]::new('--field', '--field', [CompletionResultType]::ParameterName, 'Print only this field, as plain text')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour [default: auto]')
            [CompletionResult]::new('--log-allowed', '--log-allowed', [CompletionResultType]::ParameterName, 'Also log allowed requests')
            [CompletionResult]::new('--allow-remote', '--allow-remote', [CompletionResultType]::ParameterName, 'Permit addresses that other machines can reach')
            [CompletionResult]::new('--no-deliver', '--no-deliver', [CompletionResultType]::ParameterName, 'Do not send webhook messages; gatepass deliver does')
            [CompletionResult]::new('--allow-private-webhooks', '--allow-private-webhooks', [CompletionResultType]::ParameterName, 'Also deliver webhook messages to private addresses and over http')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Same as --format json')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print ids only; check, doctor and audit verify print nothing on success')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print ids only; check, doctor and audit verify print nothing on success')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Skip confirmation')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Skip confirmation')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Show what would happen, but change nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would happen, but change nothing')
            [CompletionResult]::new('--accept-clock', '--accept-clock', [CompletionResultType]::ParameterName, 'Proceed although the clock is behind the last record')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'gatepass;app' {
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'Path of the store')
            [CompletionResult]::new('--key-file', '--key-file', [CompletionResultType]::ParameterName, 'Path of the master key file')
            [CompletionResult]::new('--account', '--account', [CompletionResultType]::ParameterName, 'Account to use; required for changes if there is more than one')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Output format [default: table]')
            [CompletionResult]::new('--field', '--field', [CompletionResultType]::ParameterName, 'Print only this field, as plain text')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour [default: auto]')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Same as --format json')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print ids only; check, doctor and audit verify print nothing on success')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print ids only; check, doctor and audit verify print nothing on success')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Skip confirmation')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Skip confirmation')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Show what would happen, but change nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would happen, but change nothing')
            [CompletionResult]::new('--accept-clock', '--accept-clock', [CompletionResultType]::ParameterName, 'Proceed although the clock is behind the last record')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('add', 'add', [CompletionResultType]::ParameterValue, 'Add an app; its client secret is shown once')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List apps')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Show an app, but never its client secret')
            [CompletionResult]::new('edit', 'edit', [CompletionResultType]::ParameterValue, 'Edit an app; its ids and client secret stay the same')
            [CompletionResult]::new('reset', 'reset', [CompletionResultType]::ParameterValue, 'Generate a new client secret, shown once')
            [CompletionResult]::new('remove', 'remove', [CompletionResultType]::ParameterValue, 'Remove an app; frees its name')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'gatepass;app;add' {
            [CompletionResult]::new('--limit', '--limit', [CompletionResultType]::ParameterName, 'Rate limit of each of its tokens')
            [CompletionResult]::new('--legacy-key-file', '--legacy-key-file', [CompletionResultType]::ParameterName, 'Import the app''s legacy key from this file')
            [CompletionResult]::new('--out', '--out', [CompletionResultType]::ParameterName, 'Write the secret to a new file instead of showing it')
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'Path of the store')
            [CompletionResult]::new('--key-file', '--key-file', [CompletionResultType]::ParameterName, 'Path of the master key file')
            [CompletionResult]::new('--account', '--account', [CompletionResultType]::ParameterName, 'Account to use; required for changes if there is more than one')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Output format [default: table]')
            [CompletionResult]::new('--field', '--field', [CompletionResultType]::ParameterName, 'Print only this field, as plain text')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour [default: auto]')
            [CompletionResult]::new('--allow-weak', '--allow-weak', [CompletionResultType]::ParameterName, 'Import even a weak key (under 112 bits)')
            [CompletionResult]::new('--copy', '--copy', [CompletionResultType]::ParameterName, 'Also copy the secret to the clipboard')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Same as --format json')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print ids only; check, doctor and audit verify print nothing on success')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print ids only; check, doctor and audit verify print nothing on success')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Skip confirmation')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Skip confirmation')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Show what would happen, but change nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would happen, but change nothing')
            [CompletionResult]::new('--accept-clock', '--accept-clock', [CompletionResultType]::ParameterName, 'Proceed although the clock is behind the last record')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'gatepass;app;list' {
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'Path of the store')
            [CompletionResult]::new('--key-file', '--key-file', [CompletionResultType]::ParameterName, 'Path of the master key file')
            [CompletionResult]::new('--account', '--account', [CompletionResultType]::ParameterName, 'Account to use; required for changes if there is more than one')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Output format [default: table]')
            [CompletionResult]::new('--field', '--field', [CompletionResultType]::ParameterName, 'Print only this field, as plain text')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour [default: auto]')
            [CompletionResult]::new('--all', '--all', [CompletionResultType]::ParameterName, 'Include removed ones')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Same as --format json')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print ids only; check, doctor and audit verify print nothing on success')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print ids only; check, doctor and audit verify print nothing on success')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Skip confirmation')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Skip confirmation')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Show what would happen, but change nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would happen, but change nothing')
            [CompletionResult]::new('--accept-clock', '--accept-clock', [CompletionResultType]::ParameterName, 'Proceed although the clock is behind the last record')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'gatepass;app;show' {
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'Path of the store')
            [CompletionResult]::new('--key-file', '--key-file', [CompletionResultType]::ParameterName, 'Path of the master key file')
            [CompletionResult]::new('--account', '--account', [CompletionResultType]::ParameterName, 'Account to use; required for changes if there is more than one')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Output format [default: table]')
            [CompletionResult]::new('--field', '--field', [CompletionResultType]::ParameterName, 'Print only this field, as plain text')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour [default: auto]')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Same as --format json')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print ids only; check, doctor and audit verify print nothing on success')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print ids only; check, doctor and audit verify print nothing on success')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Skip confirmation')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Skip confirmation')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Show what would happen, but change nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would happen, but change nothing')
            [CompletionResult]::new('--accept-clock', '--accept-clock', [CompletionResultType]::ParameterName, 'Proceed although the clock is behind the last record')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'gatepass;app;edit' {
            [CompletionResult]::new('--name', '--name', [CompletionResultType]::ParameterName, 'New name')
            [CompletionResult]::new('--limit', '--limit', [CompletionResultType]::ParameterName, 'Rate limit of each of its tokens, e.g. 200/min')
            [CompletionResult]::new('--legacy-key-file', '--legacy-key-file', [CompletionResultType]::ParameterName, 'Import the app''s legacy key from this file')
            [CompletionResult]::new('--webhook', '--webhook', [CompletionResultType]::ParameterName, 'Send messages about its tokens to this https URL')
            [CompletionResult]::new('--out', '--out', [CompletionResultType]::ParameterName, 'Write the secret to a new file instead of showing it')
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'Path of the store')
            [CompletionResult]::new('--key-file', '--key-file', [CompletionResultType]::ParameterName, 'Path of the master key file')
            [CompletionResult]::new('--account', '--account', [CompletionResultType]::ParameterName, 'Account to use; required for changes if there is more than one')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Output format [default: table]')
            [CompletionResult]::new('--field', '--field', [CompletionResultType]::ParameterName, 'Print only this field, as plain text')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour [default: auto]')
            [CompletionResult]::new('--allow-weak', '--allow-weak', [CompletionResultType]::ParameterName, 'Import even a weak key (under 112 bits)')
            [CompletionResult]::new('--no-webhook', '--no-webhook', [CompletionResultType]::ParameterName, 'Remove the webhook')
            [CompletionResult]::new('--rotate-webhook-key', '--rotate-webhook-key', [CompletionResultType]::ParameterName, 'Generate a new webhook signing key')
            [CompletionResult]::new('--allow-private-webhooks', '--allow-private-webhooks', [CompletionResultType]::ParameterName, 'Also permit private addresses and http')
            [CompletionResult]::new('--copy', '--copy', [CompletionResultType]::ParameterName, 'Also copy the secret to the clipboard')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Same as --format json')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print ids only; check, doctor and audit verify print nothing on success')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print ids only; check, doctor and audit verify print nothing on success')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Skip confirmation')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Skip confirmation')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Show what would happen, but change nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would happen, but change nothing')
            [CompletionResult]::new('--accept-clock', '--accept-clock', [CompletionResultType]::ParameterName, 'Proceed although the clock is behind the last record')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'gatepass;app;reset' {
            [CompletionResult]::new('--overlap', '--overlap', [CompletionResultType]::ParameterName, 'Keep the old client secret valid this long, e.g. 7d')
            [CompletionResult]::new('--out', '--out', [CompletionResultType]::ParameterName, 'Write the secret to a new file instead of showing it')
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'Path of the store')
            [CompletionResult]::new('--key-file', '--key-file', [CompletionResultType]::ParameterName, 'Path of the master key file')
            [CompletionResult]::new('--account', '--account', [CompletionResultType]::ParameterName, 'Account to use; required for changes if there is more than one')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Output format [default: table]')
            [CompletionResult]::new('--field', '--field', [CompletionResultType]::ParameterName, 'Print only this field, as plain text')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour [default: auto]')
            [CompletionResult]::new('--copy', '--copy', [CompletionResultType]::ParameterName, 'Also copy the secret to the clipboard')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Same as --format json')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print ids only; check, doctor and audit verify print nothing on success')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print ids only; check, doctor and audit verify print nothing on success')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Skip confirmation')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Skip confirmation')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Show what would happen, but change nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would happen, but change nothing')
            [CompletionResult]::new('--accept-clock', '--accept-clock', [CompletionResultType]::ParameterName, 'Proceed although the clock is behind the last record')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'gatepass;app;remove' {
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'Path of the store')
            [CompletionResult]::new('--key-file', '--key-file', [CompletionResultType]::ParameterName, 'Path of the master key file')
            [CompletionResult]::new('--account', '--account', [CompletionResultType]::ParameterName, 'Account to use; required for changes if there is more than one')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Output format [default: table]')
            [CompletionResult]::new('--field', '--field', [CompletionResultType]::ParameterName, 'Print only this field, as plain text')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour [default: auto]')
            [CompletionResult]::new('--revoke-tokens', '--revoke-tokens', [CompletionResultType]::ParameterName, 'Also revoke its active tokens and legacy key')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Same as --format json')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print ids only; check, doctor and audit verify print nothing on success')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print ids only; check, doctor and audit verify print nothing on success')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Skip confirmation')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Skip confirmation')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Show what would happen, but change nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would happen, but change nothing')
            [CompletionResult]::new('--accept-clock', '--accept-clock', [CompletionResultType]::ParameterName, 'Proceed although the clock is behind the last record')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'gatepass;app;help' {
            [CompletionResult]::new('add', 'add', [CompletionResultType]::ParameterValue, 'Add an app; its client secret is shown once')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List apps')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Show an app, but never its client secret')
            [CompletionResult]::new('edit', 'edit', [CompletionResultType]::ParameterValue, 'Edit an app; its ids and client secret stay the same')
            [CompletionResult]::new('reset', 'reset', [CompletionResultType]::ParameterValue, 'Generate a new client secret, shown once')
            [CompletionResult]::new('remove', 'remove', [CompletionResultType]::ParameterValue, 'Remove an app; frees its name')
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
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'Path of the store')
            [CompletionResult]::new('--key-file', '--key-file', [CompletionResultType]::ParameterName, 'Path of the master key file')
            [CompletionResult]::new('--account', '--account', [CompletionResultType]::ParameterName, 'Account to use; required for changes if there is more than one')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Output format [default: table]')
            [CompletionResult]::new('--field', '--field', [CompletionResultType]::ParameterName, 'Print only this field, as plain text')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour [default: auto]')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Same as --format json')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print ids only; check, doctor and audit verify print nothing on success')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print ids only; check, doctor and audit verify print nothing on success')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Skip confirmation')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Skip confirmation')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Show what would happen, but change nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would happen, but change nothing')
            [CompletionResult]::new('--accept-clock', '--accept-clock', [CompletionResultType]::ParameterName, 'Proceed although the clock is behind the last record')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('add', 'add', [CompletionResultType]::ParameterValue, 'Add a district')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List districts')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Show a district')
            [CompletionResult]::new('edit', 'edit', [CompletionResultType]::ParameterValue, 'Edit a district; its id stays the same')
            [CompletionResult]::new('remove', 'remove', [CompletionResultType]::ParameterValue, 'Remove a district; frees its name and external id')
            [CompletionResult]::new('connect', 'connect', [CompletionResultType]::ParameterValue, 'Create tokens of several apps for one district, or for many')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'gatepass;district;add' {
            [CompletionResult]::new('--external-id', '--external-id', [CompletionResultType]::ParameterName, 'External ID')
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'Path of the store')
            [CompletionResult]::new('--key-file', '--key-file', [CompletionResultType]::ParameterName, 'Path of the master key file')
            [CompletionResult]::new('--account', '--account', [CompletionResultType]::ParameterName, 'Account to use; required for changes if there is more than one')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Output format [default: table]')
            [CompletionResult]::new('--field', '--field', [CompletionResultType]::ParameterName, 'Print only this field, as plain text')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour [default: auto]')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Same as --format json')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print ids only; check, doctor and audit verify print nothing on success')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print ids only; check, doctor and audit verify print nothing on success')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Skip confirmation')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Skip confirmation')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Show what would happen, but change nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would happen, but change nothing')
            [CompletionResult]::new('--accept-clock', '--accept-clock', [CompletionResultType]::ParameterName, 'Proceed although the clock is behind the last record')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'gatepass;district;list' {
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'Path of the store')
            [CompletionResult]::new('--key-file', '--key-file', [CompletionResultType]::ParameterName, 'Path of the master key file')
            [CompletionResult]::new('--account', '--account', [CompletionResultType]::ParameterName, 'Account to use; required for changes if there is more than one')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Output format [default: table]')
            [CompletionResult]::new('--field', '--field', [CompletionResultType]::ParameterName, 'Print only this field, as plain text')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour [default: auto]')
            [CompletionResult]::new('--all', '--all', [CompletionResultType]::ParameterName, 'Include removed ones')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Same as --format json')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print ids only; check, doctor and audit verify print nothing on success')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print ids only; check, doctor and audit verify print nothing on success')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Skip confirmation')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Skip confirmation')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Show what would happen, but change nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would happen, but change nothing')
            [CompletionResult]::new('--accept-clock', '--accept-clock', [CompletionResultType]::ParameterName, 'Proceed although the clock is behind the last record')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'gatepass;district;show' {
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'Path of the store')
            [CompletionResult]::new('--key-file', '--key-file', [CompletionResultType]::ParameterName, 'Path of the master key file')
            [CompletionResult]::new('--account', '--account', [CompletionResultType]::ParameterName, 'Account to use; required for changes if there is more than one')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Output format [default: table]')
            [CompletionResult]::new('--field', '--field', [CompletionResultType]::ParameterName, 'Print only this field, as plain text')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour [default: auto]')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Same as --format json')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print ids only; check, doctor and audit verify print nothing on success')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print ids only; check, doctor and audit verify print nothing on success')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Skip confirmation')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Skip confirmation')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Show what would happen, but change nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would happen, but change nothing')
            [CompletionResult]::new('--accept-clock', '--accept-clock', [CompletionResultType]::ParameterName, 'Proceed although the clock is behind the last record')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'gatepass;district;edit' {
            [CompletionResult]::new('--name', '--name', [CompletionResultType]::ParameterName, 'New name')
            [CompletionResult]::new('--external-id', '--external-id', [CompletionResultType]::ParameterName, 'New external ID')
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'Path of the store')
            [CompletionResult]::new('--key-file', '--key-file', [CompletionResultType]::ParameterName, 'Path of the master key file')
            [CompletionResult]::new('--account', '--account', [CompletionResultType]::ParameterName, 'Account to use; required for changes if there is more than one')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Output format [default: table]')
            [CompletionResult]::new('--field', '--field', [CompletionResultType]::ParameterName, 'Print only this field, as plain text')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour [default: auto]')
            [CompletionResult]::new('--no-external-id', '--no-external-id', [CompletionResultType]::ParameterName, 'Remove the external ID')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Same as --format json')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print ids only; check, doctor and audit verify print nothing on success')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print ids only; check, doctor and audit verify print nothing on success')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Skip confirmation')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Skip confirmation')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Show what would happen, but change nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would happen, but change nothing')
            [CompletionResult]::new('--accept-clock', '--accept-clock', [CompletionResultType]::ParameterName, 'Proceed although the clock is behind the last record')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'gatepass;district;remove' {
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'Path of the store')
            [CompletionResult]::new('--key-file', '--key-file', [CompletionResultType]::ParameterName, 'Path of the master key file')
            [CompletionResult]::new('--account', '--account', [CompletionResultType]::ParameterName, 'Account to use; required for changes if there is more than one')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Output format [default: table]')
            [CompletionResult]::new('--field', '--field', [CompletionResultType]::ParameterName, 'Print only this field, as plain text')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour [default: auto]')
            [CompletionResult]::new('--revoke-tokens', '--revoke-tokens', [CompletionResultType]::ParameterName, 'Also revoke its active tokens')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Same as --format json')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print ids only; check, doctor and audit verify print nothing on success')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print ids only; check, doctor and audit verify print nothing on success')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Skip confirmation')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Skip confirmation')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Show what would happen, but change nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would happen, but change nothing')
            [CompletionResult]::new('--accept-clock', '--accept-clock', [CompletionResultType]::ParameterName, 'Proceed although the clock is behind the last record')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'gatepass;district;connect' {
            [CompletionResult]::new('--from', '--from', [CompletionResultType]::ParameterName, 'CSV file of districts')
            [CompletionResult]::new('--app', '--app', [CompletionResultType]::ParameterName, 'App to create a token for: id, client id or name; can be repeated')
            [CompletionResult]::new('--scope', '--scope', [CompletionResultType]::ParameterName, 'Scope to grant, e.g. read:students; can be repeated')
            [CompletionResult]::new('--limit', '--limit', [CompletionResultType]::ParameterName, 'Rate limit, e.g. 600/min')
            [CompletionResult]::new('--days', '--days', [CompletionResultType]::ParameterName, 'Valid for N days (1–365)')
            [CompletionResult]::new('--until', '--until', [CompletionResultType]::ParameterName, 'Valid until this date, at most 365 days ahead')
            [CompletionResult]::new('--out', '--out', [CompletionResultType]::ParameterName, 'Write the secret to a new file instead of showing it')
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'Path of the store')
            [CompletionResult]::new('--key-file', '--key-file', [CompletionResultType]::ParameterName, 'Path of the master key file')
            [CompletionResult]::new('--account', '--account', [CompletionResultType]::ParameterName, 'Account to use; required for changes if there is more than one')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Output format [default: table]')
            [CompletionResult]::new('--field', '--field', [CompletionResultType]::ParameterName, 'Print only this field, as plain text')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour [default: auto]')
            [CompletionResult]::new('--infinite', '--infinite', [CompletionResultType]::ParameterName, 'Valid for ten years')
            [CompletionResult]::new('--forever', '--forever', [CompletionResultType]::ParameterName, 'Never expires')
            [CompletionResult]::new('--pickup', '--pickup', [CompletionResultType]::ParameterName, 'Let each app fetch its secrets, so that nobody else sees them')
            [CompletionResult]::new('--copy', '--copy', [CompletionResultType]::ParameterName, 'Also copy the secret to the clipboard')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Same as --format json')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print ids only; check, doctor and audit verify print nothing on success')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print ids only; check, doctor and audit verify print nothing on success')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Skip confirmation')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Skip confirmation')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Show what would happen, but change nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would happen, but change nothing')
            [CompletionResult]::new('--accept-clock', '--accept-clock', [CompletionResultType]::ParameterName, 'Proceed although the clock is behind the last record')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'gatepass;district;help' {
            [CompletionResult]::new('add', 'add', [CompletionResultType]::ParameterValue, 'Add a district')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List districts')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Show a district')
            [CompletionResult]::new('edit', 'edit', [CompletionResultType]::ParameterValue, 'Edit a district; its id stays the same')
            [CompletionResult]::new('remove', 'remove', [CompletionResultType]::ParameterValue, 'Remove a district; frees its name and external id')
            [CompletionResult]::new('connect', 'connect', [CompletionResultType]::ParameterValue, 'Create tokens of several apps for one district, or for many')
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
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'Path of the store')
            [CompletionResult]::new('--key-file', '--key-file', [CompletionResultType]::ParameterName, 'Path of the master key file')
            [CompletionResult]::new('--account', '--account', [CompletionResultType]::ParameterName, 'Account to use; required for changes if there is more than one')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Output format [default: table]')
            [CompletionResult]::new('--field', '--field', [CompletionResultType]::ParameterName, 'Print only this field, as plain text')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour [default: auto]')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Same as --format json')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print ids only; check, doctor and audit verify print nothing on success')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print ids only; check, doctor and audit verify print nothing on success')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Skip confirmation')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Skip confirmation')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Show what would happen, but change nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would happen, but change nothing')
            [CompletionResult]::new('--accept-clock', '--accept-clock', [CompletionResultType]::ParameterName, 'Proceed although the clock is behind the last record')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('policy', 'policy', [CompletionResultType]::ParameterValue, 'Show or set when legacy keys are deprecated, limited and refused')
            [CompletionResult]::new('report', 'report', [CompletionResultType]::ParameterValue, 'Report which apps still depend on legacy keys')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'gatepass;legacy;policy' {
            [CompletionResult]::new('--announce', '--announce', [CompletionResultType]::ParameterName, 'Date from which responses announce the deprecation')
            [CompletionResult]::new('--limit-from', '--limit-from', [CompletionResultType]::ParameterName, 'Date from which legacy keys are rate-limited')
            [CompletionResult]::new('--limit', '--limit', [CompletionResultType]::ParameterName, 'Rate limit of each legacy key, e.g. 200/min')
            [CompletionResult]::new('--sunset', '--sunset', [CompletionResultType]::ParameterName, 'Date from which legacy keys are refused')
            [CompletionResult]::new('--link', '--link', [CompletionResultType]::ParameterName, 'URL of instructions for developers')
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'Path of the store')
            [CompletionResult]::new('--key-file', '--key-file', [CompletionResultType]::ParameterName, 'Path of the master key file')
            [CompletionResult]::new('--account', '--account', [CompletionResultType]::ParameterName, 'Account to use; required for changes if there is more than one')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Output format [default: table]')
            [CompletionResult]::new('--field', '--field', [CompletionResultType]::ParameterName, 'Print only this field, as plain text')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour [default: auto]')
            [CompletionResult]::new('--no-link', '--no-link', [CompletionResultType]::ParameterName, 'Remove the link')
            [CompletionResult]::new('--clear', '--clear', [CompletionResultType]::ParameterName, 'Remove the policy')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Same as --format json')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print ids only; check, doctor and audit verify print nothing on success')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print ids only; check, doctor and audit verify print nothing on success')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Skip confirmation')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Skip confirmation')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Show what would happen, but change nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would happen, but change nothing')
            [CompletionResult]::new('--accept-clock', '--accept-clock', [CompletionResultType]::ParameterName, 'Proceed although the clock is behind the last record')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'gatepass;legacy;report' {
            [CompletionResult]::new('--days', '--days', [CompletionResultType]::ParameterName, 'Number of days to look back, including today (1–400)')
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'Path of the store')
            [CompletionResult]::new('--key-file', '--key-file', [CompletionResultType]::ParameterName, 'Path of the master key file')
            [CompletionResult]::new('--account', '--account', [CompletionResultType]::ParameterName, 'Account to use; required for changes if there is more than one')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Output format [default: table]')
            [CompletionResult]::new('--field', '--field', [CompletionResultType]::ParameterName, 'Print only this field, as plain text')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour [default: auto]')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Same as --format json')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print ids only; check, doctor and audit verify print nothing on success')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print ids only; check, doctor and audit verify print nothing on success')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Skip confirmation')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Skip confirmation')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Show what would happen, but change nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would happen, but change nothing')
            [CompletionResult]::new('--accept-clock', '--accept-clock', [CompletionResultType]::ParameterName, 'Proceed although the clock is behind the last record')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'gatepass;legacy;help' {
            [CompletionResult]::new('policy', 'policy', [CompletionResultType]::ParameterValue, 'Show or set when legacy keys are deprecated, limited and refused')
            [CompletionResult]::new('report', 'report', [CompletionResultType]::ParameterValue, 'Report which apps still depend on legacy keys')
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
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'Path of the store')
            [CompletionResult]::new('--key-file', '--key-file', [CompletionResultType]::ParameterName, 'Path of the master key file')
            [CompletionResult]::new('--account', '--account', [CompletionResultType]::ParameterName, 'Account to use; required for changes if there is more than one')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Output format [default: table]')
            [CompletionResult]::new('--field', '--field', [CompletionResultType]::ParameterName, 'Print only this field, as plain text')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour [default: auto]')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Same as --format json')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print ids only; check, doctor and audit verify print nothing on success')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print ids only; check, doctor and audit verify print nothing on success')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Skip confirmation')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Skip confirmation')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Show what would happen, but change nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would happen, but change nothing')
            [CompletionResult]::new('--accept-clock', '--accept-clock', [CompletionResultType]::ParameterName, 'Proceed although the clock is behind the last record')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List accounts')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Show an account')
            [CompletionResult]::new('add', 'add', [CompletionResultType]::ParameterValue, 'Add an account')
            [CompletionResult]::new('edit', 'edit', [CompletionResultType]::ParameterValue, 'Edit an account; its Account ID stays the same')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'gatepass;account;list' {
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'Path of the store')
            [CompletionResult]::new('--key-file', '--key-file', [CompletionResultType]::ParameterName, 'Path of the master key file')
            [CompletionResult]::new('--account', '--account', [CompletionResultType]::ParameterName, 'Account to use; required for changes if there is more than one')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Output format [default: table]')
            [CompletionResult]::new('--field', '--field', [CompletionResultType]::ParameterName, 'Print only this field, as plain text')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour [default: auto]')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Same as --format json')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print ids only; check, doctor and audit verify print nothing on success')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print ids only; check, doctor and audit verify print nothing on success')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Skip confirmation')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Skip confirmation')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Show what would happen, but change nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would happen, but change nothing')
            [CompletionResult]::new('--accept-clock', '--accept-clock', [CompletionResultType]::ParameterName, 'Proceed although the clock is behind the last record')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'gatepass;account;show' {
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'Path of the store')
            [CompletionResult]::new('--key-file', '--key-file', [CompletionResultType]::ParameterName, 'Path of the master key file')
            [CompletionResult]::new('--account', '--account', [CompletionResultType]::ParameterName, 'Account to use; required for changes if there is more than one')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Output format [default: table]')
            [CompletionResult]::new('--field', '--field', [CompletionResultType]::ParameterName, 'Print only this field, as plain text')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour [default: auto]')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Same as --format json')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print ids only; check, doctor and audit verify print nothing on success')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print ids only; check, doctor and audit verify print nothing on success')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Skip confirmation')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Skip confirmation')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Show what would happen, but change nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would happen, but change nothing')
            [CompletionResult]::new('--accept-clock', '--accept-clock', [CompletionResultType]::ParameterName, 'Proceed although the clock is behind the last record')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'gatepass;account;add' {
            [CompletionResult]::new('--id', '--id', [CompletionResultType]::ParameterName, 'Account ID, e.g. 948-4KK-444Z; generated if omitted')
            [CompletionResult]::new('--region', '--region', [CompletionResultType]::ParameterName, 'Region of its API: eu1, in1, sg1, us1, aps3 or mec1')
            [CompletionResult]::new('--require-user-passcode', '--require-user-passcode', [CompletionResultType]::ParameterName, 'Refuse account passcodes, so that each caller is a named user')
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'Path of the store')
            [CompletionResult]::new('--key-file', '--key-file', [CompletionResultType]::ParameterName, 'Path of the master key file')
            [CompletionResult]::new('--account', '--account', [CompletionResultType]::ParameterName, 'Account to use; required for changes if there is more than one')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Output format [default: table]')
            [CompletionResult]::new('--field', '--field', [CompletionResultType]::ParameterName, 'Print only this field, as plain text')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour [default: auto]')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Same as --format json')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print ids only; check, doctor and audit verify print nothing on success')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print ids only; check, doctor and audit verify print nothing on success')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Skip confirmation')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Skip confirmation')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Show what would happen, but change nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would happen, but change nothing')
            [CompletionResult]::new('--accept-clock', '--accept-clock', [CompletionResultType]::ParameterName, 'Proceed although the clock is behind the last record')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'gatepass;account;edit' {
            [CompletionResult]::new('--name', '--name', [CompletionResultType]::ParameterName, 'New name')
            [CompletionResult]::new('--region', '--region', [CompletionResultType]::ParameterName, 'Region of its API: eu1, in1, sg1, us1, aps3 or mec1')
            [CompletionResult]::new('--require-user-passcode', '--require-user-passcode', [CompletionResultType]::ParameterName, 'Refuse account passcodes, so that each caller is a named user')
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'Path of the store')
            [CompletionResult]::new('--key-file', '--key-file', [CompletionResultType]::ParameterName, 'Path of the master key file')
            [CompletionResult]::new('--account', '--account', [CompletionResultType]::ParameterName, 'Account to use; required for changes if there is more than one')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Output format [default: table]')
            [CompletionResult]::new('--field', '--field', [CompletionResultType]::ParameterName, 'Print only this field, as plain text')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour [default: auto]')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Same as --format json')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print ids only; check, doctor and audit verify print nothing on success')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print ids only; check, doctor and audit verify print nothing on success')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Skip confirmation')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Skip confirmation')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Show what would happen, but change nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would happen, but change nothing')
            [CompletionResult]::new('--accept-clock', '--accept-clock', [CompletionResultType]::ParameterName, 'Proceed although the clock is behind the last record')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'gatepass;account;help' {
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List accounts')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Show an account')
            [CompletionResult]::new('add', 'add', [CompletionResultType]::ParameterValue, 'Add an account')
            [CompletionResult]::new('edit', 'edit', [CompletionResultType]::ParameterValue, 'Edit an account; its Account ID stays the same')
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
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'Path of the store')
            [CompletionResult]::new('--key-file', '--key-file', [CompletionResultType]::ParameterName, 'Path of the master key file')
            [CompletionResult]::new('--account', '--account', [CompletionResultType]::ParameterName, 'Account to use; required for changes if there is more than one')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Output format [default: table]')
            [CompletionResult]::new('--field', '--field', [CompletionResultType]::ParameterName, 'Print only this field, as plain text')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour [default: auto]')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Same as --format json')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print ids only; check, doctor and audit verify print nothing on success')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print ids only; check, doctor and audit verify print nothing on success')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Skip confirmation')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Skip confirmation')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Show what would happen, but change nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would happen, but change nothing')
            [CompletionResult]::new('--accept-clock', '--accept-clock', [CompletionResultType]::ParameterName, 'Proceed although the clock is behind the last record')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List changes, oldest first')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Show one record, or find out whether a change was made')
            [CompletionResult]::new('verify', 'verify', [CompletionResultType]::ParameterValue, 'Verify the whole audit log')
            [CompletionResult]::new('checkpoint', 'checkpoint', [CompletionResultType]::ParameterValue, 'Print a checkpoint of the audit log, to keep elsewhere')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'gatepass;audit;list' {
            [CompletionResult]::new('--of', '--of', [CompletionResultType]::ParameterName, 'Only changes of this credential, app, district or account')
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'Path of the store')
            [CompletionResult]::new('--key-file', '--key-file', [CompletionResultType]::ParameterName, 'Path of the master key file')
            [CompletionResult]::new('--account', '--account', [CompletionResultType]::ParameterName, 'Account to use; required for changes if there is more than one')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Output format [default: table]')
            [CompletionResult]::new('--field', '--field', [CompletionResultType]::ParameterName, 'Print only this field, as plain text')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour [default: auto]')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Same as --format json')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print ids only; check, doctor and audit verify print nothing on success')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print ids only; check, doctor and audit verify print nothing on success')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Skip confirmation')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Skip confirmation')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Show what would happen, but change nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would happen, but change nothing')
            [CompletionResult]::new('--accept-clock', '--accept-clock', [CompletionResultType]::ParameterName, 'Proceed although the clock is behind the last record')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'gatepass;audit;show' {
            [CompletionResult]::new('--change', '--change', [CompletionResultType]::ParameterName, 'Show the last record of the change with this id')
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'Path of the store')
            [CompletionResult]::new('--key-file', '--key-file', [CompletionResultType]::ParameterName, 'Path of the master key file')
            [CompletionResult]::new('--account', '--account', [CompletionResultType]::ParameterName, 'Account to use; required for changes if there is more than one')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Output format [default: table]')
            [CompletionResult]::new('--field', '--field', [CompletionResultType]::ParameterName, 'Print only this field, as plain text')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour [default: auto]')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Same as --format json')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print ids only; check, doctor and audit verify print nothing on success')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print ids only; check, doctor and audit verify print nothing on success')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Skip confirmation')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Skip confirmation')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Show what would happen, but change nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would happen, but change nothing')
            [CompletionResult]::new('--accept-clock', '--accept-clock', [CompletionResultType]::ParameterName, 'Proceed although the clock is behind the last record')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'gatepass;audit;verify' {
            [CompletionResult]::new('--against', '--against', [CompletionResultType]::ParameterName, 'Checkpoint file; also prove that the log still extends it')
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'Path of the store')
            [CompletionResult]::new('--key-file', '--key-file', [CompletionResultType]::ParameterName, 'Path of the master key file')
            [CompletionResult]::new('--account', '--account', [CompletionResultType]::ParameterName, 'Account to use; required for changes if there is more than one')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Output format [default: table]')
            [CompletionResult]::new('--field', '--field', [CompletionResultType]::ParameterName, 'Print only this field, as plain text')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour [default: auto]')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Same as --format json')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print ids only; check, doctor and audit verify print nothing on success')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print ids only; check, doctor and audit verify print nothing on success')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Skip confirmation')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Skip confirmation')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Show what would happen, but change nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would happen, but change nothing')
            [CompletionResult]::new('--accept-clock', '--accept-clock', [CompletionResultType]::ParameterName, 'Proceed although the clock is behind the last record')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'gatepass;audit;checkpoint' {
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'Path of the store')
            [CompletionResult]::new('--key-file', '--key-file', [CompletionResultType]::ParameterName, 'Path of the master key file')
            [CompletionResult]::new('--account', '--account', [CompletionResultType]::ParameterName, 'Account to use; required for changes if there is more than one')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Output format [default: table]')
            [CompletionResult]::new('--field', '--field', [CompletionResultType]::ParameterName, 'Print only this field, as plain text')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour [default: auto]')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Same as --format json')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print ids only; check, doctor and audit verify print nothing on success')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print ids only; check, doctor and audit verify print nothing on success')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Skip confirmation')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Skip confirmation')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Show what would happen, but change nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would happen, but change nothing')
            [CompletionResult]::new('--accept-clock', '--accept-clock', [CompletionResultType]::ParameterName, 'Proceed although the clock is behind the last record')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'gatepass;audit;help' {
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List changes, oldest first')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Show one record, or find out whether a change was made')
            [CompletionResult]::new('verify', 'verify', [CompletionResultType]::ParameterValue, 'Verify the whole audit log')
            [CompletionResult]::new('checkpoint', 'checkpoint', [CompletionResultType]::ParameterValue, 'Print a checkpoint of the audit log, to keep elsewhere')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'gatepass;audit;help;list' {
            break
        }
        'gatepass;audit;help;show' {
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
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'Path of the store')
            [CompletionResult]::new('--key-file', '--key-file', [CompletionResultType]::ParameterName, 'Path of the master key file')
            [CompletionResult]::new('--account', '--account', [CompletionResultType]::ParameterName, 'Account to use; required for changes if there is more than one')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Output format [default: table]')
            [CompletionResult]::new('--field', '--field', [CompletionResultType]::ParameterName, 'Print only this field, as plain text')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour [default: auto]')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Same as --format json')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print ids only; check, doctor and audit verify print nothing on success')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print ids only; check, doctor and audit verify print nothing on success')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Skip confirmation')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Skip confirmation')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Show what would happen, but change nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would happen, but change nothing')
            [CompletionResult]::new('--accept-clock', '--accept-clock', [CompletionResultType]::ParameterName, 'Proceed although the clock is behind the last record')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'gatepass;key' {
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'Path of the store')
            [CompletionResult]::new('--key-file', '--key-file', [CompletionResultType]::ParameterName, 'Path of the master key file')
            [CompletionResult]::new('--account', '--account', [CompletionResultType]::ParameterName, 'Account to use; required for changes if there is more than one')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Output format [default: table]')
            [CompletionResult]::new('--field', '--field', [CompletionResultType]::ParameterName, 'Print only this field, as plain text')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour [default: auto]')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Same as --format json')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print ids only; check, doctor and audit verify print nothing on success')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print ids only; check, doctor and audit verify print nothing on success')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Skip confirmation')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Skip confirmation')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Show what would happen, but change nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would happen, but change nothing')
            [CompletionResult]::new('--accept-clock', '--accept-clock', [CompletionResultType]::ParameterName, 'Proceed although the clock is behind the last record')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('export', 'export', [CompletionResultType]::ParameterValue, 'Copy the key to a new file or to stdout')
            [CompletionResult]::new('import', 'import', [CompletionResultType]::ParameterValue, 'Restore the key from a copy')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'gatepass;key;export' {
            [CompletionResult]::new('--out', '--out', [CompletionResultType]::ParameterName, 'New file for the key; stdout if omitted')
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'Path of the store')
            [CompletionResult]::new('--key-file', '--key-file', [CompletionResultType]::ParameterName, 'Path of the master key file')
            [CompletionResult]::new('--account', '--account', [CompletionResultType]::ParameterName, 'Account to use; required for changes if there is more than one')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Output format [default: table]')
            [CompletionResult]::new('--field', '--field', [CompletionResultType]::ParameterName, 'Print only this field, as plain text')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour [default: auto]')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Same as --format json')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print ids only; check, doctor and audit verify print nothing on success')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print ids only; check, doctor and audit verify print nothing on success')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Skip confirmation')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Skip confirmation')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Show what would happen, but change nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would happen, but change nothing')
            [CompletionResult]::new('--accept-clock', '--accept-clock', [CompletionResultType]::ParameterName, 'Proceed although the clock is behind the last record')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'gatepass;key;import' {
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'Path of the store')
            [CompletionResult]::new('--key-file', '--key-file', [CompletionResultType]::ParameterName, 'Path of the master key file')
            [CompletionResult]::new('--account', '--account', [CompletionResultType]::ParameterName, 'Account to use; required for changes if there is more than one')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Output format [default: table]')
            [CompletionResult]::new('--field', '--field', [CompletionResultType]::ParameterName, 'Print only this field, as plain text')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour [default: auto]')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Same as --format json')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print ids only; check, doctor and audit verify print nothing on success')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print ids only; check, doctor and audit verify print nothing on success')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Skip confirmation')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Skip confirmation')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Show what would happen, but change nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would happen, but change nothing')
            [CompletionResult]::new('--accept-clock', '--accept-clock', [CompletionResultType]::ParameterName, 'Proceed although the clock is behind the last record')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'gatepass;key;help' {
            [CompletionResult]::new('export', 'export', [CompletionResultType]::ParameterValue, 'Copy the key to a new file or to stdout')
            [CompletionResult]::new('import', 'import', [CompletionResultType]::ParameterValue, 'Restore the key from a copy')
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
        'gatepass;store' {
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'Path of the store')
            [CompletionResult]::new('--key-file', '--key-file', [CompletionResultType]::ParameterName, 'Path of the master key file')
            [CompletionResult]::new('--account', '--account', [CompletionResultType]::ParameterName, 'Account to use; required for changes if there is more than one')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Output format [default: table]')
            [CompletionResult]::new('--field', '--field', [CompletionResultType]::ParameterName, 'Print only this field, as plain text')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour [default: auto]')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Same as --format json')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print ids only; check, doctor and audit verify print nothing on success')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print ids only; check, doctor and audit verify print nothing on success')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Skip confirmation')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Skip confirmation')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Show what would happen, but change nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would happen, but change nothing')
            [CompletionResult]::new('--accept-clock', '--accept-clock', [CompletionResultType]::ParameterName, 'Proceed although the clock is behind the last record')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('migrate', 'migrate', [CompletionResultType]::ParameterValue, 'Migrate a store of an older version')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'gatepass;store;migrate' {
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'Path of the store')
            [CompletionResult]::new('--key-file', '--key-file', [CompletionResultType]::ParameterName, 'Path of the master key file')
            [CompletionResult]::new('--account', '--account', [CompletionResultType]::ParameterName, 'Account to use; required for changes if there is more than one')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Output format [default: table]')
            [CompletionResult]::new('--field', '--field', [CompletionResultType]::ParameterName, 'Print only this field, as plain text')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour [default: auto]')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Same as --format json')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print ids only; check, doctor and audit verify print nothing on success')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print ids only; check, doctor and audit verify print nothing on success')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Skip confirmation')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Skip confirmation')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Show what would happen, but change nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would happen, but change nothing')
            [CompletionResult]::new('--accept-clock', '--accept-clock', [CompletionResultType]::ParameterName, 'Proceed although the clock is behind the last record')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'gatepass;store;help' {
            [CompletionResult]::new('migrate', 'migrate', [CompletionResultType]::ParameterValue, 'Migrate a store of an older version')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'gatepass;store;help;migrate' {
            break
        }
        'gatepass;store;help;help' {
            break
        }
        'gatepass;schema' {
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'Path of the store')
            [CompletionResult]::new('--key-file', '--key-file', [CompletionResultType]::ParameterName, 'Path of the master key file')
            [CompletionResult]::new('--account', '--account', [CompletionResultType]::ParameterName, 'Account to use; required for changes if there is more than one')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Output format [default: table]')
            [CompletionResult]::new('--field', '--field', [CompletionResultType]::ParameterName, 'Print only this field, as plain text')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour [default: auto]')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Same as --format json')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print ids only; check, doctor and audit verify print nothing on success')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print ids only; check, doctor and audit verify print nothing on success')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Skip confirmation')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Skip confirmation')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Show what would happen, but change nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would happen, but change nothing')
            [CompletionResult]::new('--accept-clock', '--accept-clock', [CompletionResultType]::ParameterName, 'Proceed although the clock is behind the last record')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List schema names')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Show a schema')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'gatepass;schema;list' {
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'Path of the store')
            [CompletionResult]::new('--key-file', '--key-file', [CompletionResultType]::ParameterName, 'Path of the master key file')
            [CompletionResult]::new('--account', '--account', [CompletionResultType]::ParameterName, 'Account to use; required for changes if there is more than one')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Output format [default: table]')
            [CompletionResult]::new('--field', '--field', [CompletionResultType]::ParameterName, 'Print only this field, as plain text')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour [default: auto]')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Same as --format json')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print ids only; check, doctor and audit verify print nothing on success')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print ids only; check, doctor and audit verify print nothing on success')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Skip confirmation')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Skip confirmation')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Show what would happen, but change nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would happen, but change nothing')
            [CompletionResult]::new('--accept-clock', '--accept-clock', [CompletionResultType]::ParameterName, 'Proceed although the clock is behind the last record')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'gatepass;schema;show' {
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'Path of the store')
            [CompletionResult]::new('--key-file', '--key-file', [CompletionResultType]::ParameterName, 'Path of the master key file')
            [CompletionResult]::new('--account', '--account', [CompletionResultType]::ParameterName, 'Account to use; required for changes if there is more than one')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Output format [default: table]')
            [CompletionResult]::new('--field', '--field', [CompletionResultType]::ParameterName, 'Print only this field, as plain text')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour [default: auto]')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Same as --format json')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print ids only; check, doctor and audit verify print nothing on success')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print ids only; check, doctor and audit verify print nothing on success')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Skip confirmation')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Skip confirmation')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Show what would happen, but change nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would happen, but change nothing')
            [CompletionResult]::new('--accept-clock', '--accept-clock', [CompletionResultType]::ParameterName, 'Proceed although the clock is behind the last record')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'gatepass;schema;help' {
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List schema names')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Show a schema')
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
            [CompletionResult]::new('--listen', '--listen', [CompletionResultType]::ParameterName, 'Address that the proxy listens on')
            [CompletionResult]::new('--gate', '--gate', [CompletionResultType]::ParameterName, 'Address of gatepass serve: IP:PORT or unix:PATH')
            [CompletionResult]::new('--backend', '--backend', [CompletionResultType]::ParameterName, 'Address of the protected API')
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'Path of the store')
            [CompletionResult]::new('--key-file', '--key-file', [CompletionResultType]::ParameterName, 'Path of the master key file')
            [CompletionResult]::new('--account', '--account', [CompletionResultType]::ParameterName, 'Account to use; required for changes if there is more than one')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Output format [default: table]')
            [CompletionResult]::new('--field', '--field', [CompletionResultType]::ParameterName, 'Print only this field, as plain text')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour [default: auto]')
            [CompletionResult]::new('--lua', '--lua', [CompletionResultType]::ParameterName, 'Print gatepass.lua instead, the script that the HAProxy configuration loads')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Same as --format json')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print ids only; check, doctor and audit verify print nothing on success')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print ids only; check, doctor and audit verify print nothing on success')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Skip confirmation')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Skip confirmation')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Show what would happen, but change nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would happen, but change nothing')
            [CompletionResult]::new('--accept-clock', '--accept-clock', [CompletionResultType]::ParameterName, 'Proceed although the clock is behind the last record')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'gatepass;completions' {
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'Path of the store')
            [CompletionResult]::new('--key-file', '--key-file', [CompletionResultType]::ParameterName, 'Path of the master key file')
            [CompletionResult]::new('--account', '--account', [CompletionResultType]::ParameterName, 'Account to use; required for changes if there is more than one')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Output format [default: table]')
            [CompletionResult]::new('--field', '--field', [CompletionResultType]::ParameterName, 'Print only this field, as plain text')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour [default: auto]')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Same as --format json')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print ids only; check, doctor and audit verify print nothing on success')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print ids only; check, doctor and audit verify print nothing on success')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Skip confirmation')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Skip confirmation')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Show what would happen, but change nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would happen, but change nothing')
            [CompletionResult]::new('--accept-clock', '--accept-clock', [CompletionResultType]::ParameterName, 'Proceed although the clock is behind the last record')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'gatepass;man' {
            [CompletionResult]::new('--dir', '--dir', [CompletionResultType]::ParameterName, 'Write all pages to this existing directory')
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'Path of the store')
            [CompletionResult]::new('--key-file', '--key-file', [CompletionResultType]::ParameterName, 'Path of the master key file')
            [CompletionResult]::new('--account', '--account', [CompletionResultType]::ParameterName, 'Account to use; required for changes if there is more than one')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Output format [default: table]')
            [CompletionResult]::new('--field', '--field', [CompletionResultType]::ParameterName, 'Print only this field, as plain text')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour [default: auto]')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Same as --format json')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print ids only; check, doctor and audit verify print nothing on success')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print ids only; check, doctor and audit verify print nothing on success')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Skip confirmation')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Skip confirmation')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Show what would happen, but change nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would happen, but change nothing')
            [CompletionResult]::new('--accept-clock', '--accept-clock', [CompletionResultType]::ParameterName, 'Proceed although the clock is behind the last record')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'gatepass;help' {
            [CompletionResult]::new('create', 'create', [CompletionResultType]::ParameterValue, 'Create a passcode for a partner; the secret is shown once')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List credentials')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Show a credential, but never its secret')
            [CompletionResult]::new('edit', 'edit', [CompletionResultType]::ParameterValue, 'Edit a credential; its id and secret stay the same')
            [CompletionResult]::new('delete', 'delete', [CompletionResultType]::ParameterValue, 'Delete credentials; frees their names and slots')
            [CompletionResult]::new('grant-user', 'grant-user', [CompletionResultType]::ParameterValue, 'Create a user''s passcode, or many from a CSV file')
            [CompletionResult]::new('grant-app', 'grant-app', [CompletionResultType]::ParameterValue, 'Create the token of an app for a district')
            [CompletionResult]::new('reset', 'reset', [CompletionResultType]::ParameterValue, 'Rotate secrets; id, name and expiry stay the same')
            [CompletionResult]::new('revoke', 'revoke', [CompletionResultType]::ParameterValue, 'Revoke credentials but keep them listed')
            [CompletionResult]::new('verify', 'verify', [CompletionResultType]::ParameterValue, 'Identify a secret and check that it is valid (see exit codes)')
            [CompletionResult]::new('check', 'check', [CompletionResultType]::ParameterValue, 'Report expired and soon-to-expire credentials')
            [CompletionResult]::new('deliver', 'deliver', [CompletionResultType]::ParameterValue, 'Send pending webhook messages to apps, then exit')
            [CompletionResult]::new('serve', 'serve', [CompletionResultType]::ParameterValue, 'Run the authorization server that proxies query')
            [CompletionResult]::new('app', 'app', [CompletionResultType]::ParameterValue, 'Add, list, show, edit, reset and remove apps')
            [CompletionResult]::new('district', 'district', [CompletionResultType]::ParameterValue, 'Add, list, show, edit, connect and remove districts')
            [CompletionResult]::new('legacy', 'legacy', [CompletionResultType]::ParameterValue, 'Phase out legacy API keys')
            [CompletionResult]::new('account', 'account', [CompletionResultType]::ParameterValue, 'List, show, add and edit accounts')
            [CompletionResult]::new('audit', 'audit', [CompletionResultType]::ParameterValue, 'List, show and verify the audit log')
            [CompletionResult]::new('doctor', 'doctor', [CompletionResultType]::ParameterValue, 'Check the integrity of store, key and audit log')
            [CompletionResult]::new('key', 'key', [CompletionResultType]::ParameterValue, 'Back up and restore the master key')
            [CompletionResult]::new('store', 'store', [CompletionResultType]::ParameterValue, 'Migrate the store to the version that this gatepass requires')
            [CompletionResult]::new('schema', 'schema', [CompletionResultType]::ParameterValue, 'List and show the JSON Schemas of the output')
            [CompletionResult]::new('proxy-config', 'proxy-config', [CompletionResultType]::ParameterValue, 'Print a proxy configuration that queries gatepass serve')
            [CompletionResult]::new('completions', 'completions', [CompletionResultType]::ParameterValue, 'Print a completion script for a shell')
            [CompletionResult]::new('man', 'man', [CompletionResultType]::ParameterValue, 'Print the man page, or write all man pages to a directory')
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
            [CompletionResult]::new('add', 'add', [CompletionResultType]::ParameterValue, 'Add an app; its client secret is shown once')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List apps')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Show an app, but never its client secret')
            [CompletionResult]::new('edit', 'edit', [CompletionResultType]::ParameterValue, 'Edit an app; its ids and client secret stay the same')
            [CompletionResult]::new('reset', 'reset', [CompletionResultType]::ParameterValue, 'Generate a new client secret, shown once')
            [CompletionResult]::new('remove', 'remove', [CompletionResultType]::ParameterValue, 'Remove an app; frees its name')
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
            [CompletionResult]::new('add', 'add', [CompletionResultType]::ParameterValue, 'Add a district')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List districts')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Show a district')
            [CompletionResult]::new('edit', 'edit', [CompletionResultType]::ParameterValue, 'Edit a district; its id stays the same')
            [CompletionResult]::new('remove', 'remove', [CompletionResultType]::ParameterValue, 'Remove a district; frees its name and external id')
            [CompletionResult]::new('connect', 'connect', [CompletionResultType]::ParameterValue, 'Create tokens of several apps for one district, or for many')
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
            [CompletionResult]::new('policy', 'policy', [CompletionResultType]::ParameterValue, 'Show or set when legacy keys are deprecated, limited and refused')
            [CompletionResult]::new('report', 'report', [CompletionResultType]::ParameterValue, 'Report which apps still depend on legacy keys')
            break
        }
        'gatepass;help;legacy;policy' {
            break
        }
        'gatepass;help;legacy;report' {
            break
        }
        'gatepass;help;account' {
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List accounts')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Show an account')
            [CompletionResult]::new('add', 'add', [CompletionResultType]::ParameterValue, 'Add an account')
            [CompletionResult]::new('edit', 'edit', [CompletionResultType]::ParameterValue, 'Edit an account; its Account ID stays the same')
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
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List changes, oldest first')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Show one record, or find out whether a change was made')
            [CompletionResult]::new('verify', 'verify', [CompletionResultType]::ParameterValue, 'Verify the whole audit log')
            [CompletionResult]::new('checkpoint', 'checkpoint', [CompletionResultType]::ParameterValue, 'Print a checkpoint of the audit log, to keep elsewhere')
            break
        }
        'gatepass;help;audit;list' {
            break
        }
        'gatepass;help;audit;show' {
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
            [CompletionResult]::new('export', 'export', [CompletionResultType]::ParameterValue, 'Copy the key to a new file or to stdout')
            [CompletionResult]::new('import', 'import', [CompletionResultType]::ParameterValue, 'Restore the key from a copy')
            break
        }
        'gatepass;help;key;export' {
            break
        }
        'gatepass;help;key;import' {
            break
        }
        'gatepass;help;store' {
            [CompletionResult]::new('migrate', 'migrate', [CompletionResultType]::ParameterValue, 'Migrate a store of an older version')
            break
        }
        'gatepass;help;store;migrate' {
            break
        }
        'gatepass;help;schema' {
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List schema names')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Show a schema')
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
