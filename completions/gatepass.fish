# Print an optspec for argparse to handle cmd's options that are independent of any subcommand.
function __fish_gatepass_global_optspecs
    string join \n store= key-file= account= format= json q/quiet field= color= y/yes n/dry-run accept-clock h/help V/version
end

function __fish_gatepass_needs_command
    # Figure out if the current invocation already has a command.
    set -l cmd (commandline -opc)
    set -e cmd[1]
    argparse -s (__fish_gatepass_global_optspecs) -- $cmd 2>/dev/null
    or return
    if set -q argv[1]
        # Also print the command, so this can be used to figure out what it is.
        echo $argv[1]
        return 1
    end
    return 0
end

function __fish_gatepass_using_subcommand
    set -l cmd (__fish_gatepass_needs_command)
    test -z "$cmd"
    and return 1
    contains -- $cmd[1] $argv
end

complete -c gatepass -n "__fish_gatepass_needs_command" -l store -d 'Path of the store' -r -F
complete -c gatepass -n "__fish_gatepass_needs_command" -l key-file -d 'Path of the master key file' -r -F
complete -c gatepass -n "__fish_gatepass_needs_command" -l account -d 'Account to use; required for changes if there is more than one' -r
complete -c gatepass -n "__fish_gatepass_needs_command" -l format -d 'Output format [default: table]' -r -f -a "table\t'Aligned columns, for people'
json\t'One JSON document'
jsonl\t'One JSON object per line'
csv\t'Comma-separated values'"
complete -c gatepass -n "__fish_gatepass_needs_command" -l field -d 'Print only this field, as plain text' -r
complete -c gatepass -n "__fish_gatepass_needs_command" -l color -d 'When to use colour [default: auto]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c gatepass -n "__fish_gatepass_needs_command" -l json -d 'Same as --format json'
complete -c gatepass -n "__fish_gatepass_needs_command" -s q -l quiet -d 'Print ids only; check, doctor and audit verify print nothing on success'
complete -c gatepass -n "__fish_gatepass_needs_command" -s y -l yes -d 'Skip confirmation'
complete -c gatepass -n "__fish_gatepass_needs_command" -s n -l dry-run -d 'Show what would happen, but change nothing'
complete -c gatepass -n "__fish_gatepass_needs_command" -l accept-clock -d 'Proceed although the clock is behind the last record'
complete -c gatepass -n "__fish_gatepass_needs_command" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c gatepass -n "__fish_gatepass_needs_command" -s V -l version -d 'Print version'
complete -c gatepass -n "__fish_gatepass_needs_command" -f -a "create" -d 'Create a passcode for a partner; the secret is shown once'
complete -c gatepass -n "__fish_gatepass_needs_command" -f -a "list" -d 'List credentials'
complete -c gatepass -n "__fish_gatepass_needs_command" -f -a "show" -d 'Show a credential, but never its secret'
complete -c gatepass -n "__fish_gatepass_needs_command" -f -a "edit" -d 'Edit a credential; its id and secret stay the same'
complete -c gatepass -n "__fish_gatepass_needs_command" -f -a "delete" -d 'Delete credentials; frees their names and slots'
complete -c gatepass -n "__fish_gatepass_needs_command" -f -a "grant-user" -d 'Create a user\'s passcode, or many from a CSV file'
complete -c gatepass -n "__fish_gatepass_needs_command" -f -a "grant-app" -d 'Create the token of an app for a district'
complete -c gatepass -n "__fish_gatepass_needs_command" -f -a "reset" -d 'Rotate secrets; id, name and expiry stay the same'
complete -c gatepass -n "__fish_gatepass_needs_command" -f -a "revoke" -d 'Revoke credentials but keep them listed'
complete -c gatepass -n "__fish_gatepass_needs_command" -f -a "verify" -d 'Identify a secret and check that it is valid (see exit codes)'
complete -c gatepass -n "__fish_gatepass_needs_command" -f -a "check" -d 'Report expired and soon-to-expire credentials'
complete -c gatepass -n "__fish_gatepass_needs_command" -f -a "deliver" -d 'Send pending webhook messages to apps, then exit'
complete -c gatepass -n "__fish_gatepass_needs_command" -f -a "serve" -d 'Run the authorization server that proxies query'
complete -c gatepass -n "__fish_gatepass_needs_command" -f -a "app" -d 'Add, list, show, edit, reset and remove apps'
complete -c gatepass -n "__fish_gatepass_needs_command" -f -a "district" -d 'Add, list, show, edit, connect and remove districts'
complete -c gatepass -n "__fish_gatepass_needs_command" -f -a "legacy" -d 'Phase out legacy API keys'
complete -c gatepass -n "__fish_gatepass_needs_command" -f -a "account" -d 'List, show, add and edit accounts'
complete -c gatepass -n "__fish_gatepass_needs_command" -f -a "audit" -d 'List, show and verify the audit log'
complete -c gatepass -n "__fish_gatepass_needs_command" -f -a "doctor" -d 'Check the integrity of store, key and audit log'
complete -c gatepass -n "__fish_gatepass_needs_command" -f -a "key" -d 'Back up and restore the master key'
complete -c gatepass -n "__fish_gatepass_needs_command" -f -a "store" -d 'Migrate the store to the version that this gatepass requires'
complete -c gatepass -n "__fish_gatepass_needs_command" -f -a "schema" -d 'List and show the JSON Schemas of the output'
complete -c gatepass -n "__fish_gatepass_needs_command" -f -a "proxy-config" -d 'Print a proxy configuration that queries gatepass serve'
complete -c gatepass -n "__fish_gatepass_needs_command" -f -a "completions" -d 'Print a completion script for a shell'
complete -c gatepass -n "__fish_gatepass_needs_command" -f -a "man" -d 'Print the man page, or write all man pages to a directory'
complete -c gatepass -n "__fish_gatepass_needs_command" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c gatepass -n "__fish_gatepass_using_subcommand create" -l days -d 'Valid for N days (1–365)' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand create" -l until -d 'Valid until this date, at most 365 days ahead' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand create" -l note -d 'A note, shown in lists' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand create" -l out -d 'Write the secret to a new file instead of showing it' -r -F
complete -c gatepass -n "__fish_gatepass_using_subcommand create" -l store -d 'Path of the store' -r -F
complete -c gatepass -n "__fish_gatepass_using_subcommand create" -l key-file -d 'Path of the master key file' -r -F
complete -c gatepass -n "__fish_gatepass_using_subcommand create" -l account -d 'Account to use; required for changes if there is more than one' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand create" -l format -d 'Output format [default: table]' -r -f -a "table\t'Aligned columns, for people'
json\t'One JSON document'
jsonl\t'One JSON object per line'
csv\t'Comma-separated values'"
complete -c gatepass -n "__fish_gatepass_using_subcommand create" -l field -d 'Print only this field, as plain text' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand create" -l color -d 'When to use colour [default: auto]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c gatepass -n "__fish_gatepass_using_subcommand create" -l infinite -d 'Valid for ten years'
complete -c gatepass -n "__fish_gatepass_using_subcommand create" -l forever -d 'Never expires'
complete -c gatepass -n "__fish_gatepass_using_subcommand create" -l if-missing -d 'Do nothing if a valid passcode of that name exists'
complete -c gatepass -n "__fish_gatepass_using_subcommand create" -l copy -d 'Also copy the secret to the clipboard'
complete -c gatepass -n "__fish_gatepass_using_subcommand create" -l json -d 'Same as --format json'
complete -c gatepass -n "__fish_gatepass_using_subcommand create" -s q -l quiet -d 'Print ids only; check, doctor and audit verify print nothing on success'
complete -c gatepass -n "__fish_gatepass_using_subcommand create" -s y -l yes -d 'Skip confirmation'
complete -c gatepass -n "__fish_gatepass_using_subcommand create" -s n -l dry-run -d 'Show what would happen, but change nothing'
complete -c gatepass -n "__fish_gatepass_using_subcommand create" -l accept-clock -d 'Proceed although the clock is behind the last record'
complete -c gatepass -n "__fish_gatepass_using_subcommand create" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c gatepass -n "__fish_gatepass_using_subcommand create" -s V -l version -d 'Print version'
complete -c gatepass -n "__fish_gatepass_using_subcommand list" -l kind -d 'Only these kinds, e.g. account,user' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand list" -l state -d 'Only these states, e.g. expired,revoked' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand list" -l expiring -d 'Only those expired or expiring within N days (default 30)' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand list" -l unused -d 'Only those unused for N days (never used: since creation)' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand list" -l user -d 'Only the passcodes of this user' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand list" -l app -d 'Only the tokens and the legacy key of this app' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand list" -l district -d 'Only the tokens for this district' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand list" -l name -d 'Only names that match this pattern, e.g. \'acme*\'' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand list" -l sort -d 'Order of the list' -r -f -a "created\t'Creation, oldest first'
name\t'Name or e-mail address'
expires\t'Expiry, soonest first; credentials that never expire come last'"
complete -c gatepass -n "__fish_gatepass_using_subcommand list" -l limit -d 'Show at most N' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand list" -l at -d 'Show the list as of this date' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand list" -l store -d 'Path of the store' -r -F
complete -c gatepass -n "__fish_gatepass_using_subcommand list" -l key-file -d 'Path of the master key file' -r -F
complete -c gatepass -n "__fish_gatepass_using_subcommand list" -l account -d 'Account to use; required for changes if there is more than one' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand list" -l format -d 'Output format [default: table]' -r -f -a "table\t'Aligned columns, for people'
json\t'One JSON document'
jsonl\t'One JSON object per line'
csv\t'Comma-separated values'"
complete -c gatepass -n "__fish_gatepass_using_subcommand list" -l field -d 'Print only this field, as plain text' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand list" -l color -d 'When to use colour [default: auto]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c gatepass -n "__fish_gatepass_using_subcommand list" -l all -d 'Include deleted ones'
complete -c gatepass -n "__fish_gatepass_using_subcommand list" -l json -d 'Same as --format json'
complete -c gatepass -n "__fish_gatepass_using_subcommand list" -s q -l quiet -d 'Print ids only; check, doctor and audit verify print nothing on success'
complete -c gatepass -n "__fish_gatepass_using_subcommand list" -s y -l yes -d 'Skip confirmation'
complete -c gatepass -n "__fish_gatepass_using_subcommand list" -s n -l dry-run -d 'Show what would happen, but change nothing'
complete -c gatepass -n "__fish_gatepass_using_subcommand list" -l accept-clock -d 'Proceed although the clock is behind the last record'
complete -c gatepass -n "__fish_gatepass_using_subcommand list" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c gatepass -n "__fish_gatepass_using_subcommand list" -s V -l version -d 'Print version'
complete -c gatepass -n "__fish_gatepass_using_subcommand show" -l store -d 'Path of the store' -r -F
complete -c gatepass -n "__fish_gatepass_using_subcommand show" -l key-file -d 'Path of the master key file' -r -F
complete -c gatepass -n "__fish_gatepass_using_subcommand show" -l account -d 'Account to use; required for changes if there is more than one' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand show" -l format -d 'Output format [default: table]' -r -f -a "table\t'Aligned columns, for people'
json\t'One JSON document'
jsonl\t'One JSON object per line'
csv\t'Comma-separated values'"
complete -c gatepass -n "__fish_gatepass_using_subcommand show" -l field -d 'Print only this field, as plain text' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand show" -l color -d 'When to use colour [default: auto]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c gatepass -n "__fish_gatepass_using_subcommand show" -l json -d 'Same as --format json'
complete -c gatepass -n "__fish_gatepass_using_subcommand show" -s q -l quiet -d 'Print ids only; check, doctor and audit verify print nothing on success'
complete -c gatepass -n "__fish_gatepass_using_subcommand show" -s y -l yes -d 'Skip confirmation'
complete -c gatepass -n "__fish_gatepass_using_subcommand show" -s n -l dry-run -d 'Show what would happen, but change nothing'
complete -c gatepass -n "__fish_gatepass_using_subcommand show" -l accept-clock -d 'Proceed although the clock is behind the last record'
complete -c gatepass -n "__fish_gatepass_using_subcommand show" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c gatepass -n "__fish_gatepass_using_subcommand show" -s V -l version -d 'Print version'
complete -c gatepass -n "__fish_gatepass_using_subcommand edit" -l name -d 'New name of an account passcode' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand edit" -l note -d 'New note' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand edit" -l scope -d 'Replace the token\'s scopes' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand edit" -l limit -d 'Rate limit of the token, e.g. 600/min' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand edit" -l introspect -d 'Allow its holder to use POST /introspect' -r -f -a "on\t''
off\t''"
complete -c gatepass -n "__fish_gatepass_using_subcommand edit" -l days -d 'Valid for N days (1–365)' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand edit" -l until -d 'Valid until this date, at most 365 days ahead' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand edit" -l store -d 'Path of the store' -r -F
complete -c gatepass -n "__fish_gatepass_using_subcommand edit" -l key-file -d 'Path of the master key file' -r -F
complete -c gatepass -n "__fish_gatepass_using_subcommand edit" -l account -d 'Account to use; required for changes if there is more than one' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand edit" -l format -d 'Output format [default: table]' -r -f -a "table\t'Aligned columns, for people'
json\t'One JSON document'
jsonl\t'One JSON object per line'
csv\t'Comma-separated values'"
complete -c gatepass -n "__fish_gatepass_using_subcommand edit" -l field -d 'Print only this field, as plain text' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand edit" -l color -d 'When to use colour [default: auto]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c gatepass -n "__fish_gatepass_using_subcommand edit" -l no-note -d 'Remove the note'
complete -c gatepass -n "__fish_gatepass_using_subcommand edit" -l no-limit -d 'Remove the token\'s own rate limit; the limit of its app applies'
complete -c gatepass -n "__fish_gatepass_using_subcommand edit" -l infinite -d 'Valid for ten years'
complete -c gatepass -n "__fish_gatepass_using_subcommand edit" -l forever -d 'Never expires'
complete -c gatepass -n "__fish_gatepass_using_subcommand edit" -l json -d 'Same as --format json'
complete -c gatepass -n "__fish_gatepass_using_subcommand edit" -s q -l quiet -d 'Print ids only; check, doctor and audit verify print nothing on success'
complete -c gatepass -n "__fish_gatepass_using_subcommand edit" -s y -l yes -d 'Skip confirmation'
complete -c gatepass -n "__fish_gatepass_using_subcommand edit" -s n -l dry-run -d 'Show what would happen, but change nothing'
complete -c gatepass -n "__fish_gatepass_using_subcommand edit" -l accept-clock -d 'Proceed although the clock is behind the last record'
complete -c gatepass -n "__fish_gatepass_using_subcommand edit" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c gatepass -n "__fish_gatepass_using_subcommand edit" -s V -l version -d 'Print version'
complete -c gatepass -n "__fish_gatepass_using_subcommand delete" -l older-than -d 'With --expired, only those expired at least this long ago, e.g. 30d' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand delete" -l store -d 'Path of the store' -r -F
complete -c gatepass -n "__fish_gatepass_using_subcommand delete" -l key-file -d 'Path of the master key file' -r -F
complete -c gatepass -n "__fish_gatepass_using_subcommand delete" -l account -d 'Account to use; required for changes if there is more than one' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand delete" -l format -d 'Output format [default: table]' -r -f -a "table\t'Aligned columns, for people'
json\t'One JSON document'
jsonl\t'One JSON object per line'
csv\t'Comma-separated values'"
complete -c gatepass -n "__fish_gatepass_using_subcommand delete" -l field -d 'Print only this field, as plain text' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand delete" -l color -d 'When to use colour [default: auto]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c gatepass -n "__fish_gatepass_using_subcommand delete" -l expired -d 'All expired credentials, of every kind'
complete -c gatepass -n "__fish_gatepass_using_subcommand delete" -l json -d 'Same as --format json'
complete -c gatepass -n "__fish_gatepass_using_subcommand delete" -s q -l quiet -d 'Print ids only; check, doctor and audit verify print nothing on success'
complete -c gatepass -n "__fish_gatepass_using_subcommand delete" -s y -l yes -d 'Skip confirmation'
complete -c gatepass -n "__fish_gatepass_using_subcommand delete" -s n -l dry-run -d 'Show what would happen, but change nothing'
complete -c gatepass -n "__fish_gatepass_using_subcommand delete" -l accept-clock -d 'Proceed although the clock is behind the last record'
complete -c gatepass -n "__fish_gatepass_using_subcommand delete" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c gatepass -n "__fish_gatepass_using_subcommand delete" -s V -l version -d 'Print version'
complete -c gatepass -n "__fish_gatepass_using_subcommand grant-user" -l from -d 'CSV file of users; requires --out' -r -F
complete -c gatepass -n "__fish_gatepass_using_subcommand grant-user" -l days -d 'Valid for N days (1–365)' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand grant-user" -l until -d 'Valid until this date, at most 365 days ahead' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand grant-user" -l note -d 'A note, shown in lists' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand grant-user" -l out -d 'Write the secret to a new file instead of showing it' -r -F
complete -c gatepass -n "__fish_gatepass_using_subcommand grant-user" -l store -d 'Path of the store' -r -F
complete -c gatepass -n "__fish_gatepass_using_subcommand grant-user" -l key-file -d 'Path of the master key file' -r -F
complete -c gatepass -n "__fish_gatepass_using_subcommand grant-user" -l account -d 'Account to use; required for changes if there is more than one' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand grant-user" -l format -d 'Output format [default: table]' -r -f -a "table\t'Aligned columns, for people'
json\t'One JSON document'
jsonl\t'One JSON object per line'
csv\t'Comma-separated values'"
complete -c gatepass -n "__fish_gatepass_using_subcommand grant-user" -l field -d 'Print only this field, as plain text' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand grant-user" -l color -d 'When to use colour [default: auto]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c gatepass -n "__fish_gatepass_using_subcommand grant-user" -l infinite -d 'Valid for ten years'
complete -c gatepass -n "__fish_gatepass_using_subcommand grant-user" -l copy -d 'Also copy the secret to the clipboard'
complete -c gatepass -n "__fish_gatepass_using_subcommand grant-user" -l json -d 'Same as --format json'
complete -c gatepass -n "__fish_gatepass_using_subcommand grant-user" -s q -l quiet -d 'Print ids only; check, doctor and audit verify print nothing on success'
complete -c gatepass -n "__fish_gatepass_using_subcommand grant-user" -s y -l yes -d 'Skip confirmation'
complete -c gatepass -n "__fish_gatepass_using_subcommand grant-user" -s n -l dry-run -d 'Show what would happen, but change nothing'
complete -c gatepass -n "__fish_gatepass_using_subcommand grant-user" -l accept-clock -d 'Proceed although the clock is behind the last record'
complete -c gatepass -n "__fish_gatepass_using_subcommand grant-user" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c gatepass -n "__fish_gatepass_using_subcommand grant-user" -s V -l version -d 'Print version'
complete -c gatepass -n "__fish_gatepass_using_subcommand grant-app" -l district -d 'District: id, external id or name' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand grant-app" -l scope -d 'Scope to grant, e.g. read:students; can be repeated' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand grant-app" -l limit -d 'Rate limit, e.g. 600/min' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand grant-app" -l days -d 'Valid for N days (1–365)' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand grant-app" -l until -d 'Valid until this date, at most 365 days ahead' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand grant-app" -l note -d 'A note, shown in lists' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand grant-app" -l out -d 'Write the secret to a new file instead of showing it' -r -F
complete -c gatepass -n "__fish_gatepass_using_subcommand grant-app" -l store -d 'Path of the store' -r -F
complete -c gatepass -n "__fish_gatepass_using_subcommand grant-app" -l key-file -d 'Path of the master key file' -r -F
complete -c gatepass -n "__fish_gatepass_using_subcommand grant-app" -l account -d 'Account to use; required for changes if there is more than one' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand grant-app" -l format -d 'Output format [default: table]' -r -f -a "table\t'Aligned columns, for people'
json\t'One JSON document'
jsonl\t'One JSON object per line'
csv\t'Comma-separated values'"
complete -c gatepass -n "__fish_gatepass_using_subcommand grant-app" -l field -d 'Print only this field, as plain text' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand grant-app" -l color -d 'When to use colour [default: auto]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c gatepass -n "__fish_gatepass_using_subcommand grant-app" -l infinite -d 'Valid for ten years'
complete -c gatepass -n "__fish_gatepass_using_subcommand grant-app" -l forever -d 'Never expires'
complete -c gatepass -n "__fish_gatepass_using_subcommand grant-app" -l pickup -d 'Let the app fetch the secret, so that nobody else sees it'
complete -c gatepass -n "__fish_gatepass_using_subcommand grant-app" -l copy -d 'Also copy the secret to the clipboard'
complete -c gatepass -n "__fish_gatepass_using_subcommand grant-app" -l json -d 'Same as --format json'
complete -c gatepass -n "__fish_gatepass_using_subcommand grant-app" -s q -l quiet -d 'Print ids only; check, doctor and audit verify print nothing on success'
complete -c gatepass -n "__fish_gatepass_using_subcommand grant-app" -s y -l yes -d 'Skip confirmation'
complete -c gatepass -n "__fish_gatepass_using_subcommand grant-app" -s n -l dry-run -d 'Show what would happen, but change nothing'
complete -c gatepass -n "__fish_gatepass_using_subcommand grant-app" -l accept-clock -d 'Proceed although the clock is behind the last record'
complete -c gatepass -n "__fish_gatepass_using_subcommand grant-app" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c gatepass -n "__fish_gatepass_using_subcommand grant-app" -s V -l version -d 'Print version'
complete -c gatepass -n "__fish_gatepass_using_subcommand reset" -l overlap -d 'Keep the old secret valid this long, e.g. 7d' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand reset" -l days -d 'Valid for N days (1–365)' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand reset" -l until -d 'Valid until this date, at most 365 days ahead' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand reset" -l out -d 'Write the secret to a new file instead of showing it' -r -F
complete -c gatepass -n "__fish_gatepass_using_subcommand reset" -l store -d 'Path of the store' -r -F
complete -c gatepass -n "__fish_gatepass_using_subcommand reset" -l key-file -d 'Path of the master key file' -r -F
complete -c gatepass -n "__fish_gatepass_using_subcommand reset" -l account -d 'Account to use; required for changes if there is more than one' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand reset" -l format -d 'Output format [default: table]' -r -f -a "table\t'Aligned columns, for people'
json\t'One JSON document'
jsonl\t'One JSON object per line'
csv\t'Comma-separated values'"
complete -c gatepass -n "__fish_gatepass_using_subcommand reset" -l field -d 'Print only this field, as plain text' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand reset" -l color -d 'When to use colour [default: auto]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c gatepass -n "__fish_gatepass_using_subcommand reset" -l until-used -d 'Keep the old secret valid until the new one is used'
complete -c gatepass -n "__fish_gatepass_using_subcommand reset" -l infinite -d 'Valid for ten years'
complete -c gatepass -n "__fish_gatepass_using_subcommand reset" -l forever -d 'Never expires'
complete -c gatepass -n "__fish_gatepass_using_subcommand reset" -l copy -d 'Also copy the secret to the clipboard'
complete -c gatepass -n "__fish_gatepass_using_subcommand reset" -l json -d 'Same as --format json'
complete -c gatepass -n "__fish_gatepass_using_subcommand reset" -s q -l quiet -d 'Print ids only; check, doctor and audit verify print nothing on success'
complete -c gatepass -n "__fish_gatepass_using_subcommand reset" -s y -l yes -d 'Skip confirmation'
complete -c gatepass -n "__fish_gatepass_using_subcommand reset" -s n -l dry-run -d 'Show what would happen, but change nothing'
complete -c gatepass -n "__fish_gatepass_using_subcommand reset" -l accept-clock -d 'Proceed although the clock is behind the last record'
complete -c gatepass -n "__fish_gatepass_using_subcommand reset" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c gatepass -n "__fish_gatepass_using_subcommand reset" -s V -l version -d 'Print version'
complete -c gatepass -n "__fish_gatepass_using_subcommand revoke" -l reason -d 'Reason to record, e.g. key-compromise' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand revoke" -l store -d 'Path of the store' -r -F
complete -c gatepass -n "__fish_gatepass_using_subcommand revoke" -l key-file -d 'Path of the master key file' -r -F
complete -c gatepass -n "__fish_gatepass_using_subcommand revoke" -l account -d 'Account to use; required for changes if there is more than one' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand revoke" -l format -d 'Output format [default: table]' -r -f -a "table\t'Aligned columns, for people'
json\t'One JSON document'
jsonl\t'One JSON object per line'
csv\t'Comma-separated values'"
complete -c gatepass -n "__fish_gatepass_using_subcommand revoke" -l field -d 'Print only this field, as plain text' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand revoke" -l color -d 'When to use colour [default: auto]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c gatepass -n "__fish_gatepass_using_subcommand revoke" -l json -d 'Same as --format json'
complete -c gatepass -n "__fish_gatepass_using_subcommand revoke" -s q -l quiet -d 'Print ids only; check, doctor and audit verify print nothing on success'
complete -c gatepass -n "__fish_gatepass_using_subcommand revoke" -s y -l yes -d 'Skip confirmation'
complete -c gatepass -n "__fish_gatepass_using_subcommand revoke" -s n -l dry-run -d 'Show what would happen, but change nothing'
complete -c gatepass -n "__fish_gatepass_using_subcommand revoke" -l accept-clock -d 'Proceed although the clock is behind the last record'
complete -c gatepass -n "__fish_gatepass_using_subcommand revoke" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c gatepass -n "__fish_gatepass_using_subcommand revoke" -s V -l version -d 'Print version'
complete -c gatepass -n "__fish_gatepass_using_subcommand verify" -l scope -d 'Require this scope, e.g. read:students; can be repeated' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand verify" -l district -d 'Require this district: id, external id or name' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand verify" -l app -d 'Require this app: id, client id or name' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand verify" -l region -d 'Require this region: eu1, in1, sg1, us1, aps3 or mec1' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand verify" -l store -d 'Path of the store' -r -F
complete -c gatepass -n "__fish_gatepass_using_subcommand verify" -l key-file -d 'Path of the master key file' -r -F
complete -c gatepass -n "__fish_gatepass_using_subcommand verify" -l account -d 'Account to use; required for changes if there is more than one' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand verify" -l format -d 'Output format [default: table]' -r -f -a "table\t'Aligned columns, for people'
json\t'One JSON document'
jsonl\t'One JSON object per line'
csv\t'Comma-separated values'"
complete -c gatepass -n "__fish_gatepass_using_subcommand verify" -l field -d 'Print only this field, as plain text' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand verify" -l color -d 'When to use colour [default: auto]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c gatepass -n "__fish_gatepass_using_subcommand verify" -l headers -d 'Read the header lines of a request, or the output of curl -v'
complete -c gatepass -n "__fish_gatepass_using_subcommand verify" -l legacy -d 'Read a legacy key'
complete -c gatepass -n "__fish_gatepass_using_subcommand verify" -l json -d 'Same as --format json'
complete -c gatepass -n "__fish_gatepass_using_subcommand verify" -s q -l quiet -d 'Print ids only; check, doctor and audit verify print nothing on success'
complete -c gatepass -n "__fish_gatepass_using_subcommand verify" -s y -l yes -d 'Skip confirmation'
complete -c gatepass -n "__fish_gatepass_using_subcommand verify" -s n -l dry-run -d 'Show what would happen, but change nothing'
complete -c gatepass -n "__fish_gatepass_using_subcommand verify" -l accept-clock -d 'Proceed although the clock is behind the last record'
complete -c gatepass -n "__fish_gatepass_using_subcommand verify" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c gatepass -n "__fish_gatepass_using_subcommand verify" -s V -l version -d 'Print version'
complete -c gatepass -n "__fish_gatepass_using_subcommand check" -l warn -d 'Warning threshold in days' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand check" -l crit -d 'Critical threshold in days' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand check" -l store -d 'Path of the store' -r -F
complete -c gatepass -n "__fish_gatepass_using_subcommand check" -l key-file -d 'Path of the master key file' -r -F
complete -c gatepass -n "__fish_gatepass_using_subcommand check" -l account -d 'Account to use; required for changes if there is more than one' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand check" -l format -d 'Output format [default: table]' -r -f -a "table\t'Aligned columns, for people'
json\t'One JSON document'
jsonl\t'One JSON object per line'
csv\t'Comma-separated values'"
complete -c gatepass -n "__fish_gatepass_using_subcommand check" -l field -d 'Print only this field, as plain text' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand check" -l color -d 'When to use colour [default: auto]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c gatepass -n "__fish_gatepass_using_subcommand check" -l json -d 'Same as --format json'
complete -c gatepass -n "__fish_gatepass_using_subcommand check" -s q -l quiet -d 'Print ids only; check, doctor and audit verify print nothing on success'
complete -c gatepass -n "__fish_gatepass_using_subcommand check" -s y -l yes -d 'Skip confirmation'
complete -c gatepass -n "__fish_gatepass_using_subcommand check" -s n -l dry-run -d 'Show what would happen, but change nothing'
complete -c gatepass -n "__fish_gatepass_using_subcommand check" -l accept-clock -d 'Proceed although the clock is behind the last record'
complete -c gatepass -n "__fish_gatepass_using_subcommand check" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c gatepass -n "__fish_gatepass_using_subcommand check" -s V -l version -d 'Print version'
complete -c gatepass -n "__fish_gatepass_using_subcommand deliver" -l store -d 'Path of the store' -r -F
complete -c gatepass -n "__fish_gatepass_using_subcommand deliver" -l key-file -d 'Path of the master key file' -r -F
complete -c gatepass -n "__fish_gatepass_using_subcommand deliver" -l account -d 'Account to use; required for changes if there is more than one' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand deliver" -l format -d 'Output format [default: table]' -r -f -a "table\t'Aligned columns, for people'
json\t'One JSON document'
jsonl\t'One JSON object per line'
csv\t'Comma-separated values'"
complete -c gatepass -n "__fish_gatepass_using_subcommand deliver" -l field -d 'Print only this field, as plain text' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand deliver" -l color -d 'When to use colour [default: auto]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c gatepass -n "__fish_gatepass_using_subcommand deliver" -l allow-private-webhooks -d 'Also deliver to private addresses and over http'
complete -c gatepass -n "__fish_gatepass_using_subcommand deliver" -l json -d 'Same as --format json'
complete -c gatepass -n "__fish_gatepass_using_subcommand deliver" -s q -l quiet -d 'Print ids only; check, doctor and audit verify print nothing on success'
complete -c gatepass -n "__fish_gatepass_using_subcommand deliver" -s y -l yes -d 'Skip confirmation'
complete -c gatepass -n "__fish_gatepass_using_subcommand deliver" -s n -l dry-run -d 'Show what would happen, but change nothing'
complete -c gatepass -n "__fish_gatepass_using_subcommand deliver" -l accept-clock -d 'Proceed although the clock is behind the last record'
complete -c gatepass -n "__fish_gatepass_using_subcommand deliver" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c gatepass -n "__fish_gatepass_using_subcommand deliver" -s V -l version -d 'Print version'
complete -c gatepass -n "__fish_gatepass_using_subcommand serve" -l listen -d 'Address to listen on: IP:PORT or unix:PATH [default: 127.0.0.1:8710]' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand serve" -l ops-listen -d 'Address for health and metrics [default: 127.0.0.1:8711]' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand serve" -l region -d 'Region of the API; refuses credentials of other regions' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand serve" -l trusted-proxy -d 'Trusted proxy networks, e.g. 10.0.0.0/8; can be repeated' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand serve" -l profile -d 'Status codes to send: exact or full [default: exact]' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand serve" -l workers -d 'Number of threads, 1 to 1024 [default: one per core]' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand serve" -l max-stale -d 'Seconds to respond from memory without the store [default: 1]' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand serve" -l store -d 'Path of the store' -r -F
complete -c gatepass -n "__fish_gatepass_using_subcommand serve" -l key-file -d 'Path of the master key file' -r -F
complete -c gatepass -n "__fish_gatepass_using_subcommand serve" -l account -d 'Account to use; required for changes if there is more than one' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand serve" -l format -d 'Output format [default: table]' -r -f -a "table\t'Aligned columns, for people'
json\t'One JSON document'
jsonl\t'One JSON object per line'
csv\t'Comma-separated values'"
complete -c gatepass -n "__fish_gatepass_using_subcommand serve" -l field -d 'Print only this field, as plain text' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand serve" -l color -d 'When to use colour [default: auto]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c gatepass -n "__fish_gatepass_using_subcommand serve" -l log-allowed -d 'Also log allowed requests'
complete -c gatepass -n "__fish_gatepass_using_subcommand serve" -l allow-remote -d 'Permit addresses that other machines can reach'
complete -c gatepass -n "__fish_gatepass_using_subcommand serve" -l no-deliver -d 'Do not send webhook messages; gatepass deliver does'
complete -c gatepass -n "__fish_gatepass_using_subcommand serve" -l allow-private-webhooks -d 'Also deliver webhook messages to private addresses and over http'
complete -c gatepass -n "__fish_gatepass_using_subcommand serve" -l json -d 'Same as --format json'
complete -c gatepass -n "__fish_gatepass_using_subcommand serve" -s q -l quiet -d 'Print ids only; check, doctor and audit verify print nothing on success'
complete -c gatepass -n "__fish_gatepass_using_subcommand serve" -s y -l yes -d 'Skip confirmation'
complete -c gatepass -n "__fish_gatepass_using_subcommand serve" -s n -l dry-run -d 'Show what would happen, but change nothing'
complete -c gatepass -n "__fish_gatepass_using_subcommand serve" -l accept-clock -d 'Proceed although the clock is behind the last record'
complete -c gatepass -n "__fish_gatepass_using_subcommand serve" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c gatepass -n "__fish_gatepass_using_subcommand serve" -s V -l version -d 'Print version'
complete -c gatepass -n "__fish_gatepass_using_subcommand app; and not __fish_seen_subcommand_from add list show edit reset remove help" -l store -d 'Path of the store' -r -F
complete -c gatepass -n "__fish_gatepass_using_subcommand app; and not __fish_seen_subcommand_from add list show edit reset remove help" -l key-file -d 'Path of the master key file' -r -F
complete -c gatepass -n "__fish_gatepass_using_subcommand app; and not __fish_seen_subcommand_from add list show edit reset remove help" -l account -d 'Account to use; required for changes if there is more than one' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand app; and not __fish_seen_subcommand_from add list show edit reset remove help" -l format -d 'Output format [default: table]' -r -f -a "table\t'Aligned columns, for people'
json\t'One JSON document'
jsonl\t'One JSON object per line'
csv\t'Comma-separated values'"
complete -c gatepass -n "__fish_gatepass_using_subcommand app; and not __fish_seen_subcommand_from add list show edit reset remove help" -l field -d 'Print only this field, as plain text' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand app; and not __fish_seen_subcommand_from add list show edit reset remove help" -l color -d 'When to use colour [default: auto]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c gatepass -n "__fish_gatepass_using_subcommand app; and not __fish_seen_subcommand_from add list show edit reset remove help" -l json -d 'Same as --format json'
complete -c gatepass -n "__fish_gatepass_using_subcommand app; and not __fish_seen_subcommand_from add list show edit reset remove help" -s q -l quiet -d 'Print ids only; check, doctor and audit verify print nothing on success'
complete -c gatepass -n "__fish_gatepass_using_subcommand app; and not __fish_seen_subcommand_from add list show edit reset remove help" -s y -l yes -d 'Skip confirmation'
complete -c gatepass -n "__fish_gatepass_using_subcommand app; and not __fish_seen_subcommand_from add list show edit reset remove help" -s n -l dry-run -d 'Show what would happen, but change nothing'
complete -c gatepass -n "__fish_gatepass_using_subcommand app; and not __fish_seen_subcommand_from add list show edit reset remove help" -l accept-clock -d 'Proceed although the clock is behind the last record'
complete -c gatepass -n "__fish_gatepass_using_subcommand app; and not __fish_seen_subcommand_from add list show edit reset remove help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c gatepass -n "__fish_gatepass_using_subcommand app; and not __fish_seen_subcommand_from add list show edit reset remove help" -s V -l version -d 'Print version'
complete -c gatepass -n "__fish_gatepass_using_subcommand app; and not __fish_seen_subcommand_from add list show edit reset remove help" -f -a "add" -d 'Add an app; its client secret is shown once'
complete -c gatepass -n "__fish_gatepass_using_subcommand app; and not __fish_seen_subcommand_from add list show edit reset remove help" -f -a "list" -d 'List apps'
complete -c gatepass -n "__fish_gatepass_using_subcommand app; and not __fish_seen_subcommand_from add list show edit reset remove help" -f -a "show" -d 'Show an app, but never its client secret'
complete -c gatepass -n "__fish_gatepass_using_subcommand app; and not __fish_seen_subcommand_from add list show edit reset remove help" -f -a "edit" -d 'Edit an app; its ids and client secret stay the same'
complete -c gatepass -n "__fish_gatepass_using_subcommand app; and not __fish_seen_subcommand_from add list show edit reset remove help" -f -a "reset" -d 'Generate a new client secret, shown once'
complete -c gatepass -n "__fish_gatepass_using_subcommand app; and not __fish_seen_subcommand_from add list show edit reset remove help" -f -a "remove" -d 'Remove an app; frees its name'
complete -c gatepass -n "__fish_gatepass_using_subcommand app; and not __fish_seen_subcommand_from add list show edit reset remove help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c gatepass -n "__fish_gatepass_using_subcommand app; and __fish_seen_subcommand_from add" -l limit -d 'Rate limit of each of its tokens' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand app; and __fish_seen_subcommand_from add" -l legacy-key-file -d 'Import the app\'s legacy key from this file' -r -F
complete -c gatepass -n "__fish_gatepass_using_subcommand app; and __fish_seen_subcommand_from add" -l out -d 'Write the secret to a new file instead of showing it' -r -F
complete -c gatepass -n "__fish_gatepass_using_subcommand app; and __fish_seen_subcommand_from add" -l store -d 'Path of the store' -r -F
complete -c gatepass -n "__fish_gatepass_using_subcommand app; and __fish_seen_subcommand_from add" -l key-file -d 'Path of the master key file' -r -F
complete -c gatepass -n "__fish_gatepass_using_subcommand app; and __fish_seen_subcommand_from add" -l account -d 'Account to use; required for changes if there is more than one' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand app; and __fish_seen_subcommand_from add" -l format -d 'Output format [default: table]' -r -f -a "table\t'Aligned columns, for people'
json\t'One JSON document'
jsonl\t'One JSON object per line'
csv\t'Comma-separated values'"
complete -c gatepass -n "__fish_gatepass_using_subcommand app; and __fish_seen_subcommand_from add" -l field -d 'Print only this field, as plain text' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand app; and __fish_seen_subcommand_from add" -l color -d 'When to use colour [default: auto]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c gatepass -n "__fish_gatepass_using_subcommand app; and __fish_seen_subcommand_from add" -l allow-weak -d 'Import even a weak key (under 112 bits)'
complete -c gatepass -n "__fish_gatepass_using_subcommand app; and __fish_seen_subcommand_from add" -l copy -d 'Also copy the secret to the clipboard'
complete -c gatepass -n "__fish_gatepass_using_subcommand app; and __fish_seen_subcommand_from add" -l json -d 'Same as --format json'
complete -c gatepass -n "__fish_gatepass_using_subcommand app; and __fish_seen_subcommand_from add" -s q -l quiet -d 'Print ids only; check, doctor and audit verify print nothing on success'
complete -c gatepass -n "__fish_gatepass_using_subcommand app; and __fish_seen_subcommand_from add" -s y -l yes -d 'Skip confirmation'
complete -c gatepass -n "__fish_gatepass_using_subcommand app; and __fish_seen_subcommand_from add" -s n -l dry-run -d 'Show what would happen, but change nothing'
complete -c gatepass -n "__fish_gatepass_using_subcommand app; and __fish_seen_subcommand_from add" -l accept-clock -d 'Proceed although the clock is behind the last record'
complete -c gatepass -n "__fish_gatepass_using_subcommand app; and __fish_seen_subcommand_from add" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c gatepass -n "__fish_gatepass_using_subcommand app; and __fish_seen_subcommand_from add" -s V -l version -d 'Print version'
complete -c gatepass -n "__fish_gatepass_using_subcommand app; and __fish_seen_subcommand_from list" -l store -d 'Path of the store' -r -F
complete -c gatepass -n "__fish_gatepass_using_subcommand app; and __fish_seen_subcommand_from list" -l key-file -d 'Path of the master key file' -r -F
complete -c gatepass -n "__fish_gatepass_using_subcommand app; and __fish_seen_subcommand_from list" -l account -d 'Account to use; required for changes if there is more than one' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand app; and __fish_seen_subcommand_from list" -l format -d 'Output format [default: table]' -r -f -a "table\t'Aligned columns, for people'
json\t'One JSON document'
jsonl\t'One JSON object per line'
csv\t'Comma-separated values'"
complete -c gatepass -n "__fish_gatepass_using_subcommand app; and __fish_seen_subcommand_from list" -l field -d 'Print only this field, as plain text' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand app; and __fish_seen_subcommand_from list" -l color -d 'When to use colour [default: auto]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c gatepass -n "__fish_gatepass_using_subcommand app; and __fish_seen_subcommand_from list" -l all -d 'Include removed ones'
complete -c gatepass -n "__fish_gatepass_using_subcommand app; and __fish_seen_subcommand_from list" -l json -d 'Same as --format json'
complete -c gatepass -n "__fish_gatepass_using_subcommand app; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Print ids only; check, doctor and audit verify print nothing on success'
complete -c gatepass -n "__fish_gatepass_using_subcommand app; and __fish_seen_subcommand_from list" -s y -l yes -d 'Skip confirmation'
complete -c gatepass -n "__fish_gatepass_using_subcommand app; and __fish_seen_subcommand_from list" -s n -l dry-run -d 'Show what would happen, but change nothing'
complete -c gatepass -n "__fish_gatepass_using_subcommand app; and __fish_seen_subcommand_from list" -l accept-clock -d 'Proceed although the clock is behind the last record'
complete -c gatepass -n "__fish_gatepass_using_subcommand app; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c gatepass -n "__fish_gatepass_using_subcommand app; and __fish_seen_subcommand_from list" -s V -l version -d 'Print version'
complete -c gatepass -n "__fish_gatepass_using_subcommand app; and __fish_seen_subcommand_from show" -l store -d 'Path of the store' -r -F
complete -c gatepass -n "__fish_gatepass_using_subcommand app; and __fish_seen_subcommand_from show" -l key-file -d 'Path of the master key file' -r -F
complete -c gatepass -n "__fish_gatepass_using_subcommand app; and __fish_seen_subcommand_from show" -l account -d 'Account to use; required for changes if there is more than one' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand app; and __fish_seen_subcommand_from show" -l format -d 'Output format [default: table]' -r -f -a "table\t'Aligned columns, for people'
json\t'One JSON document'
jsonl\t'One JSON object per line'
csv\t'Comma-separated values'"
complete -c gatepass -n "__fish_gatepass_using_subcommand app; and __fish_seen_subcommand_from show" -l field -d 'Print only this field, as plain text' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand app; and __fish_seen_subcommand_from show" -l color -d 'When to use colour [default: auto]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c gatepass -n "__fish_gatepass_using_subcommand app; and __fish_seen_subcommand_from show" -l json -d 'Same as --format json'
complete -c gatepass -n "__fish_gatepass_using_subcommand app; and __fish_seen_subcommand_from show" -s q -l quiet -d 'Print ids only; check, doctor and audit verify print nothing on success'
complete -c gatepass -n "__fish_gatepass_using_subcommand app; and __fish_seen_subcommand_from show" -s y -l yes -d 'Skip confirmation'
complete -c gatepass -n "__fish_gatepass_using_subcommand app; and __fish_seen_subcommand_from show" -s n -l dry-run -d 'Show what would happen, but change nothing'
complete -c gatepass -n "__fish_gatepass_using_subcommand app; and __fish_seen_subcommand_from show" -l accept-clock -d 'Proceed although the clock is behind the last record'
complete -c gatepass -n "__fish_gatepass_using_subcommand app; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c gatepass -n "__fish_gatepass_using_subcommand app; and __fish_seen_subcommand_from show" -s V -l version -d 'Print version'
complete -c gatepass -n "__fish_gatepass_using_subcommand app; and __fish_seen_subcommand_from edit" -l name -d 'New name' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand app; and __fish_seen_subcommand_from edit" -l limit -d 'Rate limit of each of its tokens, e.g. 200/min' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand app; and __fish_seen_subcommand_from edit" -l legacy-key-file -d 'Import the app\'s legacy key from this file' -r -F
complete -c gatepass -n "__fish_gatepass_using_subcommand app; and __fish_seen_subcommand_from edit" -l webhook -d 'Send messages about its tokens to this https URL' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand app; and __fish_seen_subcommand_from edit" -l out -d 'Write the secret to a new file instead of showing it' -r -F
complete -c gatepass -n "__fish_gatepass_using_subcommand app; and __fish_seen_subcommand_from edit" -l store -d 'Path of the store' -r -F
complete -c gatepass -n "__fish_gatepass_using_subcommand app; and __fish_seen_subcommand_from edit" -l key-file -d 'Path of the master key file' -r -F
complete -c gatepass -n "__fish_gatepass_using_subcommand app; and __fish_seen_subcommand_from edit" -l account -d 'Account to use; required for changes if there is more than one' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand app; and __fish_seen_subcommand_from edit" -l format -d 'Output format [default: table]' -r -f -a "table\t'Aligned columns, for people'
json\t'One JSON document'
jsonl\t'One JSON object per line'
csv\t'Comma-separated values'"
complete -c gatepass -n "__fish_gatepass_using_subcommand app; and __fish_seen_subcommand_from edit" -l field -d 'Print only this field, as plain text' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand app; and __fish_seen_subcommand_from edit" -l color -d 'When to use colour [default: auto]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c gatepass -n "__fish_gatepass_using_subcommand app; and __fish_seen_subcommand_from edit" -l allow-weak -d 'Import even a weak key (under 112 bits)'
complete -c gatepass -n "__fish_gatepass_using_subcommand app; and __fish_seen_subcommand_from edit" -l no-webhook -d 'Remove the webhook'
complete -c gatepass -n "__fish_gatepass_using_subcommand app; and __fish_seen_subcommand_from edit" -l rotate-webhook-key -d 'Generate a new webhook signing key'
complete -c gatepass -n "__fish_gatepass_using_subcommand app; and __fish_seen_subcommand_from edit" -l allow-private-webhooks -d 'Also permit private addresses and http'
complete -c gatepass -n "__fish_gatepass_using_subcommand app; and __fish_seen_subcommand_from edit" -l copy -d 'Also copy the secret to the clipboard'
complete -c gatepass -n "__fish_gatepass_using_subcommand app; and __fish_seen_subcommand_from edit" -l json -d 'Same as --format json'
complete -c gatepass -n "__fish_gatepass_using_subcommand app; and __fish_seen_subcommand_from edit" -s q -l quiet -d 'Print ids only; check, doctor and audit verify print nothing on success'
complete -c gatepass -n "__fish_gatepass_using_subcommand app; and __fish_seen_subcommand_from edit" -s y -l yes -d 'Skip confirmation'
complete -c gatepass -n "__fish_gatepass_using_subcommand app; and __fish_seen_subcommand_from edit" -s n -l dry-run -d 'Show what would happen, but change nothing'
complete -c gatepass -n "__fish_gatepass_using_subcommand app; and __fish_seen_subcommand_from edit" -l accept-clock -d 'Proceed although the clock is behind the last record'
complete -c gatepass -n "__fish_gatepass_using_subcommand app; and __fish_seen_subcommand_from edit" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c gatepass -n "__fish_gatepass_using_subcommand app; and __fish_seen_subcommand_from edit" -s V -l version -d 'Print version'
complete -c gatepass -n "__fish_gatepass_using_subcommand app; and __fish_seen_subcommand_from reset" -l overlap -d 'Keep the old client secret valid this long, e.g. 7d' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand app; and __fish_seen_subcommand_from reset" -l out -d 'Write the secret to a new file instead of showing it' -r -F
complete -c gatepass -n "__fish_gatepass_using_subcommand app; and __fish_seen_subcommand_from reset" -l store -d 'Path of the store' -r -F
complete -c gatepass -n "__fish_gatepass_using_subcommand app; and __fish_seen_subcommand_from reset" -l key-file -d 'Path of the master key file' -r -F
complete -c gatepass -n "__fish_gatepass_using_subcommand app; and __fish_seen_subcommand_from reset" -l account -d 'Account to use; required for changes if there is more than one' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand app; and __fish_seen_subcommand_from reset" -l format -d 'Output format [default: table]' -r -f -a "table\t'Aligned columns, for people'
json\t'One JSON document'
jsonl\t'One JSON object per line'
csv\t'Comma-separated values'"
complete -c gatepass -n "__fish_gatepass_using_subcommand app; and __fish_seen_subcommand_from reset" -l field -d 'Print only this field, as plain text' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand app; and __fish_seen_subcommand_from reset" -l color -d 'When to use colour [default: auto]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c gatepass -n "__fish_gatepass_using_subcommand app; and __fish_seen_subcommand_from reset" -l copy -d 'Also copy the secret to the clipboard'
complete -c gatepass -n "__fish_gatepass_using_subcommand app; and __fish_seen_subcommand_from reset" -l json -d 'Same as --format json'
complete -c gatepass -n "__fish_gatepass_using_subcommand app; and __fish_seen_subcommand_from reset" -s q -l quiet -d 'Print ids only; check, doctor and audit verify print nothing on success'
complete -c gatepass -n "__fish_gatepass_using_subcommand app; and __fish_seen_subcommand_from reset" -s y -l yes -d 'Skip confirmation'
complete -c gatepass -n "__fish_gatepass_using_subcommand app; and __fish_seen_subcommand_from reset" -s n -l dry-run -d 'Show what would happen, but change nothing'
complete -c gatepass -n "__fish_gatepass_using_subcommand app; and __fish_seen_subcommand_from reset" -l accept-clock -d 'Proceed although the clock is behind the last record'
complete -c gatepass -n "__fish_gatepass_using_subcommand app; and __fish_seen_subcommand_from reset" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c gatepass -n "__fish_gatepass_using_subcommand app; and __fish_seen_subcommand_from reset" -s V -l version -d 'Print version'
complete -c gatepass -n "__fish_gatepass_using_subcommand app; and __fish_seen_subcommand_from remove" -l store -d 'Path of the store' -r -F
complete -c gatepass -n "__fish_gatepass_using_subcommand app; and __fish_seen_subcommand_from remove" -l key-file -d 'Path of the master key file' -r -F
complete -c gatepass -n "__fish_gatepass_using_subcommand app; and __fish_seen_subcommand_from remove" -l account -d 'Account to use; required for changes if there is more than one' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand app; and __fish_seen_subcommand_from remove" -l format -d 'Output format [default: table]' -r -f -a "table\t'Aligned columns, for people'
json\t'One JSON document'
jsonl\t'One JSON object per line'
csv\t'Comma-separated values'"
complete -c gatepass -n "__fish_gatepass_using_subcommand app; and __fish_seen_subcommand_from remove" -l field -d 'Print only this field, as plain text' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand app; and __fish_seen_subcommand_from remove" -l color -d 'When to use colour [default: auto]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c gatepass -n "__fish_gatepass_using_subcommand app; and __fish_seen_subcommand_from remove" -l revoke-tokens -d 'Also revoke its active tokens and legacy key'
complete -c gatepass -n "__fish_gatepass_using_subcommand app; and __fish_seen_subcommand_from remove" -l json -d 'Same as --format json'
complete -c gatepass -n "__fish_gatepass_using_subcommand app; and __fish_seen_subcommand_from remove" -s q -l quiet -d 'Print ids only; check, doctor and audit verify print nothing on success'
complete -c gatepass -n "__fish_gatepass_using_subcommand app; and __fish_seen_subcommand_from remove" -s y -l yes -d 'Skip confirmation'
complete -c gatepass -n "__fish_gatepass_using_subcommand app; and __fish_seen_subcommand_from remove" -s n -l dry-run -d 'Show what would happen, but change nothing'
complete -c gatepass -n "__fish_gatepass_using_subcommand app; and __fish_seen_subcommand_from remove" -l accept-clock -d 'Proceed although the clock is behind the last record'
complete -c gatepass -n "__fish_gatepass_using_subcommand app; and __fish_seen_subcommand_from remove" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c gatepass -n "__fish_gatepass_using_subcommand app; and __fish_seen_subcommand_from remove" -s V -l version -d 'Print version'
complete -c gatepass -n "__fish_gatepass_using_subcommand app; and __fish_seen_subcommand_from help" -f -a "add" -d 'Add an app; its client secret is shown once'
complete -c gatepass -n "__fish_gatepass_using_subcommand app; and __fish_seen_subcommand_from help" -f -a "list" -d 'List apps'
complete -c gatepass -n "__fish_gatepass_using_subcommand app; and __fish_seen_subcommand_from help" -f -a "show" -d 'Show an app, but never its client secret'
complete -c gatepass -n "__fish_gatepass_using_subcommand app; and __fish_seen_subcommand_from help" -f -a "edit" -d 'Edit an app; its ids and client secret stay the same'
complete -c gatepass -n "__fish_gatepass_using_subcommand app; and __fish_seen_subcommand_from help" -f -a "reset" -d 'Generate a new client secret, shown once'
complete -c gatepass -n "__fish_gatepass_using_subcommand app; and __fish_seen_subcommand_from help" -f -a "remove" -d 'Remove an app; frees its name'
complete -c gatepass -n "__fish_gatepass_using_subcommand app; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c gatepass -n "__fish_gatepass_using_subcommand district; and not __fish_seen_subcommand_from add list show edit remove connect help" -l store -d 'Path of the store' -r -F
complete -c gatepass -n "__fish_gatepass_using_subcommand district; and not __fish_seen_subcommand_from add list show edit remove connect help" -l key-file -d 'Path of the master key file' -r -F
complete -c gatepass -n "__fish_gatepass_using_subcommand district; and not __fish_seen_subcommand_from add list show edit remove connect help" -l account -d 'Account to use; required for changes if there is more than one' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand district; and not __fish_seen_subcommand_from add list show edit remove connect help" -l format -d 'Output format [default: table]' -r -f -a "table\t'Aligned columns, for people'
json\t'One JSON document'
jsonl\t'One JSON object per line'
csv\t'Comma-separated values'"
complete -c gatepass -n "__fish_gatepass_using_subcommand district; and not __fish_seen_subcommand_from add list show edit remove connect help" -l field -d 'Print only this field, as plain text' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand district; and not __fish_seen_subcommand_from add list show edit remove connect help" -l color -d 'When to use colour [default: auto]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c gatepass -n "__fish_gatepass_using_subcommand district; and not __fish_seen_subcommand_from add list show edit remove connect help" -l json -d 'Same as --format json'
complete -c gatepass -n "__fish_gatepass_using_subcommand district; and not __fish_seen_subcommand_from add list show edit remove connect help" -s q -l quiet -d 'Print ids only; check, doctor and audit verify print nothing on success'
complete -c gatepass -n "__fish_gatepass_using_subcommand district; and not __fish_seen_subcommand_from add list show edit remove connect help" -s y -l yes -d 'Skip confirmation'
complete -c gatepass -n "__fish_gatepass_using_subcommand district; and not __fish_seen_subcommand_from add list show edit remove connect help" -s n -l dry-run -d 'Show what would happen, but change nothing'
complete -c gatepass -n "__fish_gatepass_using_subcommand district; and not __fish_seen_subcommand_from add list show edit remove connect help" -l accept-clock -d 'Proceed although the clock is behind the last record'
complete -c gatepass -n "__fish_gatepass_using_subcommand district; and not __fish_seen_subcommand_from add list show edit remove connect help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c gatepass -n "__fish_gatepass_using_subcommand district; and not __fish_seen_subcommand_from add list show edit remove connect help" -s V -l version -d 'Print version'
complete -c gatepass -n "__fish_gatepass_using_subcommand district; and not __fish_seen_subcommand_from add list show edit remove connect help" -f -a "add" -d 'Add a district'
complete -c gatepass -n "__fish_gatepass_using_subcommand district; and not __fish_seen_subcommand_from add list show edit remove connect help" -f -a "list" -d 'List districts'
complete -c gatepass -n "__fish_gatepass_using_subcommand district; and not __fish_seen_subcommand_from add list show edit remove connect help" -f -a "show" -d 'Show a district'
complete -c gatepass -n "__fish_gatepass_using_subcommand district; and not __fish_seen_subcommand_from add list show edit remove connect help" -f -a "edit" -d 'Edit a district; its id stays the same'
complete -c gatepass -n "__fish_gatepass_using_subcommand district; and not __fish_seen_subcommand_from add list show edit remove connect help" -f -a "remove" -d 'Remove a district; frees its name and external id'
complete -c gatepass -n "__fish_gatepass_using_subcommand district; and not __fish_seen_subcommand_from add list show edit remove connect help" -f -a "connect" -d 'Create tokens of several apps for one district, or for many'
complete -c gatepass -n "__fish_gatepass_using_subcommand district; and not __fish_seen_subcommand_from add list show edit remove connect help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c gatepass -n "__fish_gatepass_using_subcommand district; and __fish_seen_subcommand_from add" -l external-id -d 'External ID' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand district; and __fish_seen_subcommand_from add" -l store -d 'Path of the store' -r -F
complete -c gatepass -n "__fish_gatepass_using_subcommand district; and __fish_seen_subcommand_from add" -l key-file -d 'Path of the master key file' -r -F
complete -c gatepass -n "__fish_gatepass_using_subcommand district; and __fish_seen_subcommand_from add" -l account -d 'Account to use; required for changes if there is more than one' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand district; and __fish_seen_subcommand_from add" -l format -d 'Output format [default: table]' -r -f -a "table\t'Aligned columns, for people'
json\t'One JSON document'
jsonl\t'One JSON object per line'
csv\t'Comma-separated values'"
complete -c gatepass -n "__fish_gatepass_using_subcommand district; and __fish_seen_subcommand_from add" -l field -d 'Print only this field, as plain text' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand district; and __fish_seen_subcommand_from add" -l color -d 'When to use colour [default: auto]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c gatepass -n "__fish_gatepass_using_subcommand district; and __fish_seen_subcommand_from add" -l json -d 'Same as --format json'
complete -c gatepass -n "__fish_gatepass_using_subcommand district; and __fish_seen_subcommand_from add" -s q -l quiet -d 'Print ids only; check, doctor and audit verify print nothing on success'
complete -c gatepass -n "__fish_gatepass_using_subcommand district; and __fish_seen_subcommand_from add" -s y -l yes -d 'Skip confirmation'
complete -c gatepass -n "__fish_gatepass_using_subcommand district; and __fish_seen_subcommand_from add" -s n -l dry-run -d 'Show what would happen, but change nothing'
complete -c gatepass -n "__fish_gatepass_using_subcommand district; and __fish_seen_subcommand_from add" -l accept-clock -d 'Proceed although the clock is behind the last record'
complete -c gatepass -n "__fish_gatepass_using_subcommand district; and __fish_seen_subcommand_from add" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c gatepass -n "__fish_gatepass_using_subcommand district; and __fish_seen_subcommand_from add" -s V -l version -d 'Print version'
complete -c gatepass -n "__fish_gatepass_using_subcommand district; and __fish_seen_subcommand_from list" -l store -d 'Path of the store' -r -F
complete -c gatepass -n "__fish_gatepass_using_subcommand district; and __fish_seen_subcommand_from list" -l key-file -d 'Path of the master key file' -r -F
complete -c gatepass -n "__fish_gatepass_using_subcommand district; and __fish_seen_subcommand_from list" -l account -d 'Account to use; required for changes if there is more than one' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand district; and __fish_seen_subcommand_from list" -l format -d 'Output format [default: table]' -r -f -a "table\t'Aligned columns, for people'
json\t'One JSON document'
jsonl\t'One JSON object per line'
csv\t'Comma-separated values'"
complete -c gatepass -n "__fish_gatepass_using_subcommand district; and __fish_seen_subcommand_from list" -l field -d 'Print only this field, as plain text' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand district; and __fish_seen_subcommand_from list" -l color -d 'When to use colour [default: auto]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c gatepass -n "__fish_gatepass_using_subcommand district; and __fish_seen_subcommand_from list" -l all -d 'Include removed ones'
complete -c gatepass -n "__fish_gatepass_using_subcommand district; and __fish_seen_subcommand_from list" -l json -d 'Same as --format json'
complete -c gatepass -n "__fish_gatepass_using_subcommand district; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Print ids only; check, doctor and audit verify print nothing on success'
complete -c gatepass -n "__fish_gatepass_using_subcommand district; and __fish_seen_subcommand_from list" -s y -l yes -d 'Skip confirmation'
complete -c gatepass -n "__fish_gatepass_using_subcommand district; and __fish_seen_subcommand_from list" -s n -l dry-run -d 'Show what would happen, but change nothing'
complete -c gatepass -n "__fish_gatepass_using_subcommand district; and __fish_seen_subcommand_from list" -l accept-clock -d 'Proceed although the clock is behind the last record'
complete -c gatepass -n "__fish_gatepass_using_subcommand district; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c gatepass -n "__fish_gatepass_using_subcommand district; and __fish_seen_subcommand_from list" -s V -l version -d 'Print version'
complete -c gatepass -n "__fish_gatepass_using_subcommand district; and __fish_seen_subcommand_from show" -l store -d 'Path of the store' -r -F
complete -c gatepass -n "__fish_gatepass_using_subcommand district; and __fish_seen_subcommand_from show" -l key-file -d 'Path of the master key file' -r -F
complete -c gatepass -n "__fish_gatepass_using_subcommand district; and __fish_seen_subcommand_from show" -l account -d 'Account to use; required for changes if there is more than one' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand district; and __fish_seen_subcommand_from show" -l format -d 'Output format [default: table]' -r -f -a "table\t'Aligned columns, for people'
json\t'One JSON document'
jsonl\t'One JSON object per line'
csv\t'Comma-separated values'"
complete -c gatepass -n "__fish_gatepass_using_subcommand district; and __fish_seen_subcommand_from show" -l field -d 'Print only this field, as plain text' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand district; and __fish_seen_subcommand_from show" -l color -d 'When to use colour [default: auto]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c gatepass -n "__fish_gatepass_using_subcommand district; and __fish_seen_subcommand_from show" -l json -d 'Same as --format json'
complete -c gatepass -n "__fish_gatepass_using_subcommand district; and __fish_seen_subcommand_from show" -s q -l quiet -d 'Print ids only; check, doctor and audit verify print nothing on success'
complete -c gatepass -n "__fish_gatepass_using_subcommand district; and __fish_seen_subcommand_from show" -s y -l yes -d 'Skip confirmation'
complete -c gatepass -n "__fish_gatepass_using_subcommand district; and __fish_seen_subcommand_from show" -s n -l dry-run -d 'Show what would happen, but change nothing'
complete -c gatepass -n "__fish_gatepass_using_subcommand district; and __fish_seen_subcommand_from show" -l accept-clock -d 'Proceed although the clock is behind the last record'
complete -c gatepass -n "__fish_gatepass_using_subcommand district; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c gatepass -n "__fish_gatepass_using_subcommand district; and __fish_seen_subcommand_from show" -s V -l version -d 'Print version'
complete -c gatepass -n "__fish_gatepass_using_subcommand district; and __fish_seen_subcommand_from edit" -l name -d 'New name' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand district; and __fish_seen_subcommand_from edit" -l external-id -d 'New external ID' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand district; and __fish_seen_subcommand_from edit" -l store -d 'Path of the store' -r -F
complete -c gatepass -n "__fish_gatepass_using_subcommand district; and __fish_seen_subcommand_from edit" -l key-file -d 'Path of the master key file' -r -F
complete -c gatepass -n "__fish_gatepass_using_subcommand district; and __fish_seen_subcommand_from edit" -l account -d 'Account to use; required for changes if there is more than one' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand district; and __fish_seen_subcommand_from edit" -l format -d 'Output format [default: table]' -r -f -a "table\t'Aligned columns, for people'
json\t'One JSON document'
jsonl\t'One JSON object per line'
csv\t'Comma-separated values'"
complete -c gatepass -n "__fish_gatepass_using_subcommand district; and __fish_seen_subcommand_from edit" -l field -d 'Print only this field, as plain text' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand district; and __fish_seen_subcommand_from edit" -l color -d 'When to use colour [default: auto]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c gatepass -n "__fish_gatepass_using_subcommand district; and __fish_seen_subcommand_from edit" -l no-external-id -d 'Remove the external ID'
complete -c gatepass -n "__fish_gatepass_using_subcommand district; and __fish_seen_subcommand_from edit" -l json -d 'Same as --format json'
complete -c gatepass -n "__fish_gatepass_using_subcommand district; and __fish_seen_subcommand_from edit" -s q -l quiet -d 'Print ids only; check, doctor and audit verify print nothing on success'
complete -c gatepass -n "__fish_gatepass_using_subcommand district; and __fish_seen_subcommand_from edit" -s y -l yes -d 'Skip confirmation'
complete -c gatepass -n "__fish_gatepass_using_subcommand district; and __fish_seen_subcommand_from edit" -s n -l dry-run -d 'Show what would happen, but change nothing'
complete -c gatepass -n "__fish_gatepass_using_subcommand district; and __fish_seen_subcommand_from edit" -l accept-clock -d 'Proceed although the clock is behind the last record'
complete -c gatepass -n "__fish_gatepass_using_subcommand district; and __fish_seen_subcommand_from edit" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c gatepass -n "__fish_gatepass_using_subcommand district; and __fish_seen_subcommand_from edit" -s V -l version -d 'Print version'
complete -c gatepass -n "__fish_gatepass_using_subcommand district; and __fish_seen_subcommand_from remove" -l store -d 'Path of the store' -r -F
complete -c gatepass -n "__fish_gatepass_using_subcommand district; and __fish_seen_subcommand_from remove" -l key-file -d 'Path of the master key file' -r -F
complete -c gatepass -n "__fish_gatepass_using_subcommand district; and __fish_seen_subcommand_from remove" -l account -d 'Account to use; required for changes if there is more than one' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand district; and __fish_seen_subcommand_from remove" -l format -d 'Output format [default: table]' -r -f -a "table\t'Aligned columns, for people'
json\t'One JSON document'
jsonl\t'One JSON object per line'
csv\t'Comma-separated values'"
complete -c gatepass -n "__fish_gatepass_using_subcommand district; and __fish_seen_subcommand_from remove" -l field -d 'Print only this field, as plain text' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand district; and __fish_seen_subcommand_from remove" -l color -d 'When to use colour [default: auto]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c gatepass -n "__fish_gatepass_using_subcommand district; and __fish_seen_subcommand_from remove" -l revoke-tokens -d 'Also revoke its active tokens'
complete -c gatepass -n "__fish_gatepass_using_subcommand district; and __fish_seen_subcommand_from remove" -l json -d 'Same as --format json'
complete -c gatepass -n "__fish_gatepass_using_subcommand district; and __fish_seen_subcommand_from remove" -s q -l quiet -d 'Print ids only; check, doctor and audit verify print nothing on success'
complete -c gatepass -n "__fish_gatepass_using_subcommand district; and __fish_seen_subcommand_from remove" -s y -l yes -d 'Skip confirmation'
complete -c gatepass -n "__fish_gatepass_using_subcommand district; and __fish_seen_subcommand_from remove" -s n -l dry-run -d 'Show what would happen, but change nothing'
complete -c gatepass -n "__fish_gatepass_using_subcommand district; and __fish_seen_subcommand_from remove" -l accept-clock -d 'Proceed although the clock is behind the last record'
complete -c gatepass -n "__fish_gatepass_using_subcommand district; and __fish_seen_subcommand_from remove" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c gatepass -n "__fish_gatepass_using_subcommand district; and __fish_seen_subcommand_from remove" -s V -l version -d 'Print version'
complete -c gatepass -n "__fish_gatepass_using_subcommand district; and __fish_seen_subcommand_from connect" -l from -d 'CSV file of districts' -r -F
complete -c gatepass -n "__fish_gatepass_using_subcommand district; and __fish_seen_subcommand_from connect" -l app -d 'App to create a token for: id, client id or name; can be repeated' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand district; and __fish_seen_subcommand_from connect" -l scope -d 'Scope to grant, e.g. read:students; can be repeated' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand district; and __fish_seen_subcommand_from connect" -l limit -d 'Rate limit, e.g. 600/min' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand district; and __fish_seen_subcommand_from connect" -l days -d 'Valid for N days (1–365)' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand district; and __fish_seen_subcommand_from connect" -l until -d 'Valid until this date, at most 365 days ahead' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand district; and __fish_seen_subcommand_from connect" -l out -d 'Write the secret to a new file instead of showing it' -r -F
complete -c gatepass -n "__fish_gatepass_using_subcommand district; and __fish_seen_subcommand_from connect" -l store -d 'Path of the store' -r -F
complete -c gatepass -n "__fish_gatepass_using_subcommand district; and __fish_seen_subcommand_from connect" -l key-file -d 'Path of the master key file' -r -F
complete -c gatepass -n "__fish_gatepass_using_subcommand district; and __fish_seen_subcommand_from connect" -l account -d 'Account to use; required for changes if there is more than one' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand district; and __fish_seen_subcommand_from connect" -l format -d 'Output format [default: table]' -r -f -a "table\t'Aligned columns, for people'
json\t'One JSON document'
jsonl\t'One JSON object per line'
csv\t'Comma-separated values'"
complete -c gatepass -n "__fish_gatepass_using_subcommand district; and __fish_seen_subcommand_from connect" -l field -d 'Print only this field, as plain text' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand district; and __fish_seen_subcommand_from connect" -l color -d 'When to use colour [default: auto]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c gatepass -n "__fish_gatepass_using_subcommand district; and __fish_seen_subcommand_from connect" -l infinite -d 'Valid for ten years'
complete -c gatepass -n "__fish_gatepass_using_subcommand district; and __fish_seen_subcommand_from connect" -l forever -d 'Never expires'
complete -c gatepass -n "__fish_gatepass_using_subcommand district; and __fish_seen_subcommand_from connect" -l pickup -d 'Let each app fetch its secrets, so that nobody else sees them'
complete -c gatepass -n "__fish_gatepass_using_subcommand district; and __fish_seen_subcommand_from connect" -l copy -d 'Also copy the secret to the clipboard'
complete -c gatepass -n "__fish_gatepass_using_subcommand district; and __fish_seen_subcommand_from connect" -l json -d 'Same as --format json'
complete -c gatepass -n "__fish_gatepass_using_subcommand district; and __fish_seen_subcommand_from connect" -s q -l quiet -d 'Print ids only; check, doctor and audit verify print nothing on success'
complete -c gatepass -n "__fish_gatepass_using_subcommand district; and __fish_seen_subcommand_from connect" -s y -l yes -d 'Skip confirmation'
complete -c gatepass -n "__fish_gatepass_using_subcommand district; and __fish_seen_subcommand_from connect" -s n -l dry-run -d 'Show what would happen, but change nothing'
complete -c gatepass -n "__fish_gatepass_using_subcommand district; and __fish_seen_subcommand_from connect" -l accept-clock -d 'Proceed although the clock is behind the last record'
complete -c gatepass -n "__fish_gatepass_using_subcommand district; and __fish_seen_subcommand_from connect" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c gatepass -n "__fish_gatepass_using_subcommand district; and __fish_seen_subcommand_from connect" -s V -l version -d 'Print version'
complete -c gatepass -n "__fish_gatepass_using_subcommand district; and __fish_seen_subcommand_from help" -f -a "add" -d 'Add a district'
complete -c gatepass -n "__fish_gatepass_using_subcommand district; and __fish_seen_subcommand_from help" -f -a "list" -d 'List districts'
complete -c gatepass -n "__fish_gatepass_using_subcommand district; and __fish_seen_subcommand_from help" -f -a "show" -d 'Show a district'
complete -c gatepass -n "__fish_gatepass_using_subcommand district; and __fish_seen_subcommand_from help" -f -a "edit" -d 'Edit a district; its id stays the same'
complete -c gatepass -n "__fish_gatepass_using_subcommand district; and __fish_seen_subcommand_from help" -f -a "remove" -d 'Remove a district; frees its name and external id'
complete -c gatepass -n "__fish_gatepass_using_subcommand district; and __fish_seen_subcommand_from help" -f -a "connect" -d 'Create tokens of several apps for one district, or for many'
complete -c gatepass -n "__fish_gatepass_using_subcommand district; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c gatepass -n "__fish_gatepass_using_subcommand legacy; and not __fish_seen_subcommand_from policy report help" -l store -d 'Path of the store' -r -F
complete -c gatepass -n "__fish_gatepass_using_subcommand legacy; and not __fish_seen_subcommand_from policy report help" -l key-file -d 'Path of the master key file' -r -F
complete -c gatepass -n "__fish_gatepass_using_subcommand legacy; and not __fish_seen_subcommand_from policy report help" -l account -d 'Account to use; required for changes if there is more than one' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand legacy; and not __fish_seen_subcommand_from policy report help" -l format -d 'Output format [default: table]' -r -f -a "table\t'Aligned columns, for people'
json\t'One JSON document'
jsonl\t'One JSON object per line'
csv\t'Comma-separated values'"
complete -c gatepass -n "__fish_gatepass_using_subcommand legacy; and not __fish_seen_subcommand_from policy report help" -l field -d 'Print only this field, as plain text' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand legacy; and not __fish_seen_subcommand_from policy report help" -l color -d 'When to use colour [default: auto]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c gatepass -n "__fish_gatepass_using_subcommand legacy; and not __fish_seen_subcommand_from policy report help" -l json -d 'Same as --format json'
complete -c gatepass -n "__fish_gatepass_using_subcommand legacy; and not __fish_seen_subcommand_from policy report help" -s q -l quiet -d 'Print ids only; check, doctor and audit verify print nothing on success'
complete -c gatepass -n "__fish_gatepass_using_subcommand legacy; and not __fish_seen_subcommand_from policy report help" -s y -l yes -d 'Skip confirmation'
complete -c gatepass -n "__fish_gatepass_using_subcommand legacy; and not __fish_seen_subcommand_from policy report help" -s n -l dry-run -d 'Show what would happen, but change nothing'
complete -c gatepass -n "__fish_gatepass_using_subcommand legacy; and not __fish_seen_subcommand_from policy report help" -l accept-clock -d 'Proceed although the clock is behind the last record'
complete -c gatepass -n "__fish_gatepass_using_subcommand legacy; and not __fish_seen_subcommand_from policy report help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c gatepass -n "__fish_gatepass_using_subcommand legacy; and not __fish_seen_subcommand_from policy report help" -s V -l version -d 'Print version'
complete -c gatepass -n "__fish_gatepass_using_subcommand legacy; and not __fish_seen_subcommand_from policy report help" -f -a "policy" -d 'Show or set when legacy keys are deprecated, limited and refused'
complete -c gatepass -n "__fish_gatepass_using_subcommand legacy; and not __fish_seen_subcommand_from policy report help" -f -a "report" -d 'Report which apps still depend on legacy keys'
complete -c gatepass -n "__fish_gatepass_using_subcommand legacy; and not __fish_seen_subcommand_from policy report help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c gatepass -n "__fish_gatepass_using_subcommand legacy; and __fish_seen_subcommand_from policy" -l announce -d 'Date from which responses announce the deprecation' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand legacy; and __fish_seen_subcommand_from policy" -l limit-from -d 'Date from which legacy keys are rate-limited' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand legacy; and __fish_seen_subcommand_from policy" -l limit -d 'Rate limit of each legacy key, e.g. 200/min' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand legacy; and __fish_seen_subcommand_from policy" -l sunset -d 'Date from which legacy keys are refused' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand legacy; and __fish_seen_subcommand_from policy" -l link -d 'URL of instructions for developers' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand legacy; and __fish_seen_subcommand_from policy" -l store -d 'Path of the store' -r -F
complete -c gatepass -n "__fish_gatepass_using_subcommand legacy; and __fish_seen_subcommand_from policy" -l key-file -d 'Path of the master key file' -r -F
complete -c gatepass -n "__fish_gatepass_using_subcommand legacy; and __fish_seen_subcommand_from policy" -l account -d 'Account to use; required for changes if there is more than one' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand legacy; and __fish_seen_subcommand_from policy" -l format -d 'Output format [default: table]' -r -f -a "table\t'Aligned columns, for people'
json\t'One JSON document'
jsonl\t'One JSON object per line'
csv\t'Comma-separated values'"
complete -c gatepass -n "__fish_gatepass_using_subcommand legacy; and __fish_seen_subcommand_from policy" -l field -d 'Print only this field, as plain text' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand legacy; and __fish_seen_subcommand_from policy" -l color -d 'When to use colour [default: auto]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c gatepass -n "__fish_gatepass_using_subcommand legacy; and __fish_seen_subcommand_from policy" -l no-link -d 'Remove the link'
complete -c gatepass -n "__fish_gatepass_using_subcommand legacy; and __fish_seen_subcommand_from policy" -l clear -d 'Remove the policy'
complete -c gatepass -n "__fish_gatepass_using_subcommand legacy; and __fish_seen_subcommand_from policy" -l json -d 'Same as --format json'
complete -c gatepass -n "__fish_gatepass_using_subcommand legacy; and __fish_seen_subcommand_from policy" -s q -l quiet -d 'Print ids only; check, doctor and audit verify print nothing on success'
complete -c gatepass -n "__fish_gatepass_using_subcommand legacy; and __fish_seen_subcommand_from policy" -s y -l yes -d 'Skip confirmation'
complete -c gatepass -n "__fish_gatepass_using_subcommand legacy; and __fish_seen_subcommand_from policy" -s n -l dry-run -d 'Show what would happen, but change nothing'
complete -c gatepass -n "__fish_gatepass_using_subcommand legacy; and __fish_seen_subcommand_from policy" -l accept-clock -d 'Proceed although the clock is behind the last record'
complete -c gatepass -n "__fish_gatepass_using_subcommand legacy; and __fish_seen_subcommand_from policy" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c gatepass -n "__fish_gatepass_using_subcommand legacy; and __fish_seen_subcommand_from policy" -s V -l version -d 'Print version'
complete -c gatepass -n "__fish_gatepass_using_subcommand legacy; and __fish_seen_subcommand_from report" -l days -d 'Number of days to look back, including today (1–400)' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand legacy; and __fish_seen_subcommand_from report" -l store -d 'Path of the store' -r -F
complete -c gatepass -n "__fish_gatepass_using_subcommand legacy; and __fish_seen_subcommand_from report" -l key-file -d 'Path of the master key file' -r -F
complete -c gatepass -n "__fish_gatepass_using_subcommand legacy; and __fish_seen_subcommand_from report" -l account -d 'Account to use; required for changes if there is more than one' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand legacy; and __fish_seen_subcommand_from report" -l format -d 'Output format [default: table]' -r -f -a "table\t'Aligned columns, for people'
json\t'One JSON document'
jsonl\t'One JSON object per line'
csv\t'Comma-separated values'"
complete -c gatepass -n "__fish_gatepass_using_subcommand legacy; and __fish_seen_subcommand_from report" -l field -d 'Print only this field, as plain text' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand legacy; and __fish_seen_subcommand_from report" -l color -d 'When to use colour [default: auto]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c gatepass -n "__fish_gatepass_using_subcommand legacy; and __fish_seen_subcommand_from report" -l json -d 'Same as --format json'
complete -c gatepass -n "__fish_gatepass_using_subcommand legacy; and __fish_seen_subcommand_from report" -s q -l quiet -d 'Print ids only; check, doctor and audit verify print nothing on success'
complete -c gatepass -n "__fish_gatepass_using_subcommand legacy; and __fish_seen_subcommand_from report" -s y -l yes -d 'Skip confirmation'
complete -c gatepass -n "__fish_gatepass_using_subcommand legacy; and __fish_seen_subcommand_from report" -s n -l dry-run -d 'Show what would happen, but change nothing'
complete -c gatepass -n "__fish_gatepass_using_subcommand legacy; and __fish_seen_subcommand_from report" -l accept-clock -d 'Proceed although the clock is behind the last record'
complete -c gatepass -n "__fish_gatepass_using_subcommand legacy; and __fish_seen_subcommand_from report" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c gatepass -n "__fish_gatepass_using_subcommand legacy; and __fish_seen_subcommand_from report" -s V -l version -d 'Print version'
complete -c gatepass -n "__fish_gatepass_using_subcommand legacy; and __fish_seen_subcommand_from help" -f -a "policy" -d 'Show or set when legacy keys are deprecated, limited and refused'
complete -c gatepass -n "__fish_gatepass_using_subcommand legacy; and __fish_seen_subcommand_from help" -f -a "report" -d 'Report which apps still depend on legacy keys'
complete -c gatepass -n "__fish_gatepass_using_subcommand legacy; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c gatepass -n "__fish_gatepass_using_subcommand account; and not __fish_seen_subcommand_from list show add edit help" -l store -d 'Path of the store' -r -F
complete -c gatepass -n "__fish_gatepass_using_subcommand account; and not __fish_seen_subcommand_from list show add edit help" -l key-file -d 'Path of the master key file' -r -F
complete -c gatepass -n "__fish_gatepass_using_subcommand account; and not __fish_seen_subcommand_from list show add edit help" -l account -d 'Account to use; required for changes if there is more than one' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand account; and not __fish_seen_subcommand_from list show add edit help" -l format -d 'Output format [default: table]' -r -f -a "table\t'Aligned columns, for people'
json\t'One JSON document'
jsonl\t'One JSON object per line'
csv\t'Comma-separated values'"
complete -c gatepass -n "__fish_gatepass_using_subcommand account; and not __fish_seen_subcommand_from list show add edit help" -l field -d 'Print only this field, as plain text' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand account; and not __fish_seen_subcommand_from list show add edit help" -l color -d 'When to use colour [default: auto]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c gatepass -n "__fish_gatepass_using_subcommand account; and not __fish_seen_subcommand_from list show add edit help" -l json -d 'Same as --format json'
complete -c gatepass -n "__fish_gatepass_using_subcommand account; and not __fish_seen_subcommand_from list show add edit help" -s q -l quiet -d 'Print ids only; check, doctor and audit verify print nothing on success'
complete -c gatepass -n "__fish_gatepass_using_subcommand account; and not __fish_seen_subcommand_from list show add edit help" -s y -l yes -d 'Skip confirmation'
complete -c gatepass -n "__fish_gatepass_using_subcommand account; and not __fish_seen_subcommand_from list show add edit help" -s n -l dry-run -d 'Show what would happen, but change nothing'
complete -c gatepass -n "__fish_gatepass_using_subcommand account; and not __fish_seen_subcommand_from list show add edit help" -l accept-clock -d 'Proceed although the clock is behind the last record'
complete -c gatepass -n "__fish_gatepass_using_subcommand account; and not __fish_seen_subcommand_from list show add edit help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c gatepass -n "__fish_gatepass_using_subcommand account; and not __fish_seen_subcommand_from list show add edit help" -s V -l version -d 'Print version'
complete -c gatepass -n "__fish_gatepass_using_subcommand account; and not __fish_seen_subcommand_from list show add edit help" -f -a "list" -d 'List accounts'
complete -c gatepass -n "__fish_gatepass_using_subcommand account; and not __fish_seen_subcommand_from list show add edit help" -f -a "show" -d 'Show an account'
complete -c gatepass -n "__fish_gatepass_using_subcommand account; and not __fish_seen_subcommand_from list show add edit help" -f -a "add" -d 'Add an account'
complete -c gatepass -n "__fish_gatepass_using_subcommand account; and not __fish_seen_subcommand_from list show add edit help" -f -a "edit" -d 'Edit an account; its Account ID stays the same'
complete -c gatepass -n "__fish_gatepass_using_subcommand account; and not __fish_seen_subcommand_from list show add edit help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c gatepass -n "__fish_gatepass_using_subcommand account; and __fish_seen_subcommand_from list" -l store -d 'Path of the store' -r -F
complete -c gatepass -n "__fish_gatepass_using_subcommand account; and __fish_seen_subcommand_from list" -l key-file -d 'Path of the master key file' -r -F
complete -c gatepass -n "__fish_gatepass_using_subcommand account; and __fish_seen_subcommand_from list" -l account -d 'Account to use; required for changes if there is more than one' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand account; and __fish_seen_subcommand_from list" -l format -d 'Output format [default: table]' -r -f -a "table\t'Aligned columns, for people'
json\t'One JSON document'
jsonl\t'One JSON object per line'
csv\t'Comma-separated values'"
complete -c gatepass -n "__fish_gatepass_using_subcommand account; and __fish_seen_subcommand_from list" -l field -d 'Print only this field, as plain text' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand account; and __fish_seen_subcommand_from list" -l color -d 'When to use colour [default: auto]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c gatepass -n "__fish_gatepass_using_subcommand account; and __fish_seen_subcommand_from list" -l json -d 'Same as --format json'
complete -c gatepass -n "__fish_gatepass_using_subcommand account; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Print ids only; check, doctor and audit verify print nothing on success'
complete -c gatepass -n "__fish_gatepass_using_subcommand account; and __fish_seen_subcommand_from list" -s y -l yes -d 'Skip confirmation'
complete -c gatepass -n "__fish_gatepass_using_subcommand account; and __fish_seen_subcommand_from list" -s n -l dry-run -d 'Show what would happen, but change nothing'
complete -c gatepass -n "__fish_gatepass_using_subcommand account; and __fish_seen_subcommand_from list" -l accept-clock -d 'Proceed although the clock is behind the last record'
complete -c gatepass -n "__fish_gatepass_using_subcommand account; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c gatepass -n "__fish_gatepass_using_subcommand account; and __fish_seen_subcommand_from list" -s V -l version -d 'Print version'
complete -c gatepass -n "__fish_gatepass_using_subcommand account; and __fish_seen_subcommand_from show" -l store -d 'Path of the store' -r -F
complete -c gatepass -n "__fish_gatepass_using_subcommand account; and __fish_seen_subcommand_from show" -l key-file -d 'Path of the master key file' -r -F
complete -c gatepass -n "__fish_gatepass_using_subcommand account; and __fish_seen_subcommand_from show" -l account -d 'Account to use; required for changes if there is more than one' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand account; and __fish_seen_subcommand_from show" -l format -d 'Output format [default: table]' -r -f -a "table\t'Aligned columns, for people'
json\t'One JSON document'
jsonl\t'One JSON object per line'
csv\t'Comma-separated values'"
complete -c gatepass -n "__fish_gatepass_using_subcommand account; and __fish_seen_subcommand_from show" -l field -d 'Print only this field, as plain text' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand account; and __fish_seen_subcommand_from show" -l color -d 'When to use colour [default: auto]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c gatepass -n "__fish_gatepass_using_subcommand account; and __fish_seen_subcommand_from show" -l json -d 'Same as --format json'
complete -c gatepass -n "__fish_gatepass_using_subcommand account; and __fish_seen_subcommand_from show" -s q -l quiet -d 'Print ids only; check, doctor and audit verify print nothing on success'
complete -c gatepass -n "__fish_gatepass_using_subcommand account; and __fish_seen_subcommand_from show" -s y -l yes -d 'Skip confirmation'
complete -c gatepass -n "__fish_gatepass_using_subcommand account; and __fish_seen_subcommand_from show" -s n -l dry-run -d 'Show what would happen, but change nothing'
complete -c gatepass -n "__fish_gatepass_using_subcommand account; and __fish_seen_subcommand_from show" -l accept-clock -d 'Proceed although the clock is behind the last record'
complete -c gatepass -n "__fish_gatepass_using_subcommand account; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c gatepass -n "__fish_gatepass_using_subcommand account; and __fish_seen_subcommand_from show" -s V -l version -d 'Print version'
complete -c gatepass -n "__fish_gatepass_using_subcommand account; and __fish_seen_subcommand_from add" -l id -d 'Account ID, e.g. 948-4KK-444Z; generated if omitted' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand account; and __fish_seen_subcommand_from add" -l region -d 'Region of its API: eu1, in1, sg1, us1, aps3 or mec1' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand account; and __fish_seen_subcommand_from add" -l require-user-passcode -d 'Refuse account passcodes, so that each caller is a named user' -r -f -a "on\t''
off\t''"
complete -c gatepass -n "__fish_gatepass_using_subcommand account; and __fish_seen_subcommand_from add" -l store -d 'Path of the store' -r -F
complete -c gatepass -n "__fish_gatepass_using_subcommand account; and __fish_seen_subcommand_from add" -l key-file -d 'Path of the master key file' -r -F
complete -c gatepass -n "__fish_gatepass_using_subcommand account; and __fish_seen_subcommand_from add" -l account -d 'Account to use; required for changes if there is more than one' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand account; and __fish_seen_subcommand_from add" -l format -d 'Output format [default: table]' -r -f -a "table\t'Aligned columns, for people'
json\t'One JSON document'
jsonl\t'One JSON object per line'
csv\t'Comma-separated values'"
complete -c gatepass -n "__fish_gatepass_using_subcommand account; and __fish_seen_subcommand_from add" -l field -d 'Print only this field, as plain text' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand account; and __fish_seen_subcommand_from add" -l color -d 'When to use colour [default: auto]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c gatepass -n "__fish_gatepass_using_subcommand account; and __fish_seen_subcommand_from add" -l json -d 'Same as --format json'
complete -c gatepass -n "__fish_gatepass_using_subcommand account; and __fish_seen_subcommand_from add" -s q -l quiet -d 'Print ids only; check, doctor and audit verify print nothing on success'
complete -c gatepass -n "__fish_gatepass_using_subcommand account; and __fish_seen_subcommand_from add" -s y -l yes -d 'Skip confirmation'
complete -c gatepass -n "__fish_gatepass_using_subcommand account; and __fish_seen_subcommand_from add" -s n -l dry-run -d 'Show what would happen, but change nothing'
complete -c gatepass -n "__fish_gatepass_using_subcommand account; and __fish_seen_subcommand_from add" -l accept-clock -d 'Proceed although the clock is behind the last record'
complete -c gatepass -n "__fish_gatepass_using_subcommand account; and __fish_seen_subcommand_from add" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c gatepass -n "__fish_gatepass_using_subcommand account; and __fish_seen_subcommand_from add" -s V -l version -d 'Print version'
complete -c gatepass -n "__fish_gatepass_using_subcommand account; and __fish_seen_subcommand_from edit" -l name -d 'New name' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand account; and __fish_seen_subcommand_from edit" -l region -d 'Region of its API: eu1, in1, sg1, us1, aps3 or mec1' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand account; and __fish_seen_subcommand_from edit" -l require-user-passcode -d 'Refuse account passcodes, so that each caller is a named user' -r -f -a "on\t''
off\t''"
complete -c gatepass -n "__fish_gatepass_using_subcommand account; and __fish_seen_subcommand_from edit" -l store -d 'Path of the store' -r -F
complete -c gatepass -n "__fish_gatepass_using_subcommand account; and __fish_seen_subcommand_from edit" -l key-file -d 'Path of the master key file' -r -F
complete -c gatepass -n "__fish_gatepass_using_subcommand account; and __fish_seen_subcommand_from edit" -l account -d 'Account to use; required for changes if there is more than one' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand account; and __fish_seen_subcommand_from edit" -l format -d 'Output format [default: table]' -r -f -a "table\t'Aligned columns, for people'
json\t'One JSON document'
jsonl\t'One JSON object per line'
csv\t'Comma-separated values'"
complete -c gatepass -n "__fish_gatepass_using_subcommand account; and __fish_seen_subcommand_from edit" -l field -d 'Print only this field, as plain text' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand account; and __fish_seen_subcommand_from edit" -l color -d 'When to use colour [default: auto]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c gatepass -n "__fish_gatepass_using_subcommand account; and __fish_seen_subcommand_from edit" -l json -d 'Same as --format json'
complete -c gatepass -n "__fish_gatepass_using_subcommand account; and __fish_seen_subcommand_from edit" -s q -l quiet -d 'Print ids only; check, doctor and audit verify print nothing on success'
complete -c gatepass -n "__fish_gatepass_using_subcommand account; and __fish_seen_subcommand_from edit" -s y -l yes -d 'Skip confirmation'
complete -c gatepass -n "__fish_gatepass_using_subcommand account; and __fish_seen_subcommand_from edit" -s n -l dry-run -d 'Show what would happen, but change nothing'
complete -c gatepass -n "__fish_gatepass_using_subcommand account; and __fish_seen_subcommand_from edit" -l accept-clock -d 'Proceed although the clock is behind the last record'
complete -c gatepass -n "__fish_gatepass_using_subcommand account; and __fish_seen_subcommand_from edit" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c gatepass -n "__fish_gatepass_using_subcommand account; and __fish_seen_subcommand_from edit" -s V -l version -d 'Print version'
complete -c gatepass -n "__fish_gatepass_using_subcommand account; and __fish_seen_subcommand_from help" -f -a "list" -d 'List accounts'
complete -c gatepass -n "__fish_gatepass_using_subcommand account; and __fish_seen_subcommand_from help" -f -a "show" -d 'Show an account'
complete -c gatepass -n "__fish_gatepass_using_subcommand account; and __fish_seen_subcommand_from help" -f -a "add" -d 'Add an account'
complete -c gatepass -n "__fish_gatepass_using_subcommand account; and __fish_seen_subcommand_from help" -f -a "edit" -d 'Edit an account; its Account ID stays the same'
complete -c gatepass -n "__fish_gatepass_using_subcommand account; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c gatepass -n "__fish_gatepass_using_subcommand audit; and not __fish_seen_subcommand_from list show verify checkpoint help" -l store -d 'Path of the store' -r -F
complete -c gatepass -n "__fish_gatepass_using_subcommand audit; and not __fish_seen_subcommand_from list show verify checkpoint help" -l key-file -d 'Path of the master key file' -r -F
complete -c gatepass -n "__fish_gatepass_using_subcommand audit; and not __fish_seen_subcommand_from list show verify checkpoint help" -l account -d 'Account to use; required for changes if there is more than one' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand audit; and not __fish_seen_subcommand_from list show verify checkpoint help" -l format -d 'Output format [default: table]' -r -f -a "table\t'Aligned columns, for people'
json\t'One JSON document'
jsonl\t'One JSON object per line'
csv\t'Comma-separated values'"
complete -c gatepass -n "__fish_gatepass_using_subcommand audit; and not __fish_seen_subcommand_from list show verify checkpoint help" -l field -d 'Print only this field, as plain text' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand audit; and not __fish_seen_subcommand_from list show verify checkpoint help" -l color -d 'When to use colour [default: auto]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c gatepass -n "__fish_gatepass_using_subcommand audit; and not __fish_seen_subcommand_from list show verify checkpoint help" -l json -d 'Same as --format json'
complete -c gatepass -n "__fish_gatepass_using_subcommand audit; and not __fish_seen_subcommand_from list show verify checkpoint help" -s q -l quiet -d 'Print ids only; check, doctor and audit verify print nothing on success'
complete -c gatepass -n "__fish_gatepass_using_subcommand audit; and not __fish_seen_subcommand_from list show verify checkpoint help" -s y -l yes -d 'Skip confirmation'
complete -c gatepass -n "__fish_gatepass_using_subcommand audit; and not __fish_seen_subcommand_from list show verify checkpoint help" -s n -l dry-run -d 'Show what would happen, but change nothing'
complete -c gatepass -n "__fish_gatepass_using_subcommand audit; and not __fish_seen_subcommand_from list show verify checkpoint help" -l accept-clock -d 'Proceed although the clock is behind the last record'
complete -c gatepass -n "__fish_gatepass_using_subcommand audit; and not __fish_seen_subcommand_from list show verify checkpoint help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c gatepass -n "__fish_gatepass_using_subcommand audit; and not __fish_seen_subcommand_from list show verify checkpoint help" -s V -l version -d 'Print version'
complete -c gatepass -n "__fish_gatepass_using_subcommand audit; and not __fish_seen_subcommand_from list show verify checkpoint help" -f -a "list" -d 'List changes, oldest first'
complete -c gatepass -n "__fish_gatepass_using_subcommand audit; and not __fish_seen_subcommand_from list show verify checkpoint help" -f -a "show" -d 'Show one record, or find out whether a change was made'
complete -c gatepass -n "__fish_gatepass_using_subcommand audit; and not __fish_seen_subcommand_from list show verify checkpoint help" -f -a "verify" -d 'Verify the whole audit log'
complete -c gatepass -n "__fish_gatepass_using_subcommand audit; and not __fish_seen_subcommand_from list show verify checkpoint help" -f -a "checkpoint" -d 'Print a checkpoint of the audit log, to keep elsewhere'
complete -c gatepass -n "__fish_gatepass_using_subcommand audit; and not __fish_seen_subcommand_from list show verify checkpoint help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c gatepass -n "__fish_gatepass_using_subcommand audit; and __fish_seen_subcommand_from list" -l of -d 'Only changes of this credential, app, district or account' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand audit; and __fish_seen_subcommand_from list" -l store -d 'Path of the store' -r -F
complete -c gatepass -n "__fish_gatepass_using_subcommand audit; and __fish_seen_subcommand_from list" -l key-file -d 'Path of the master key file' -r -F
complete -c gatepass -n "__fish_gatepass_using_subcommand audit; and __fish_seen_subcommand_from list" -l account -d 'Account to use; required for changes if there is more than one' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand audit; and __fish_seen_subcommand_from list" -l format -d 'Output format [default: table]' -r -f -a "table\t'Aligned columns, for people'
json\t'One JSON document'
jsonl\t'One JSON object per line'
csv\t'Comma-separated values'"
complete -c gatepass -n "__fish_gatepass_using_subcommand audit; and __fish_seen_subcommand_from list" -l field -d 'Print only this field, as plain text' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand audit; and __fish_seen_subcommand_from list" -l color -d 'When to use colour [default: auto]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c gatepass -n "__fish_gatepass_using_subcommand audit; and __fish_seen_subcommand_from list" -l json -d 'Same as --format json'
complete -c gatepass -n "__fish_gatepass_using_subcommand audit; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Print ids only; check, doctor and audit verify print nothing on success'
complete -c gatepass -n "__fish_gatepass_using_subcommand audit; and __fish_seen_subcommand_from list" -s y -l yes -d 'Skip confirmation'
complete -c gatepass -n "__fish_gatepass_using_subcommand audit; and __fish_seen_subcommand_from list" -s n -l dry-run -d 'Show what would happen, but change nothing'
complete -c gatepass -n "__fish_gatepass_using_subcommand audit; and __fish_seen_subcommand_from list" -l accept-clock -d 'Proceed although the clock is behind the last record'
complete -c gatepass -n "__fish_gatepass_using_subcommand audit; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c gatepass -n "__fish_gatepass_using_subcommand audit; and __fish_seen_subcommand_from list" -s V -l version -d 'Print version'
complete -c gatepass -n "__fish_gatepass_using_subcommand audit; and __fish_seen_subcommand_from show" -l change -d 'Show the last record of the change with this id' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand audit; and __fish_seen_subcommand_from show" -l store -d 'Path of the store' -r -F
complete -c gatepass -n "__fish_gatepass_using_subcommand audit; and __fish_seen_subcommand_from show" -l key-file -d 'Path of the master key file' -r -F
complete -c gatepass -n "__fish_gatepass_using_subcommand audit; and __fish_seen_subcommand_from show" -l account -d 'Account to use; required for changes if there is more than one' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand audit; and __fish_seen_subcommand_from show" -l format -d 'Output format [default: table]' -r -f -a "table\t'Aligned columns, for people'
json\t'One JSON document'
jsonl\t'One JSON object per line'
csv\t'Comma-separated values'"
complete -c gatepass -n "__fish_gatepass_using_subcommand audit; and __fish_seen_subcommand_from show" -l field -d 'Print only this field, as plain text' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand audit; and __fish_seen_subcommand_from show" -l color -d 'When to use colour [default: auto]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c gatepass -n "__fish_gatepass_using_subcommand audit; and __fish_seen_subcommand_from show" -l json -d 'Same as --format json'
complete -c gatepass -n "__fish_gatepass_using_subcommand audit; and __fish_seen_subcommand_from show" -s q -l quiet -d 'Print ids only; check, doctor and audit verify print nothing on success'
complete -c gatepass -n "__fish_gatepass_using_subcommand audit; and __fish_seen_subcommand_from show" -s y -l yes -d 'Skip confirmation'
complete -c gatepass -n "__fish_gatepass_using_subcommand audit; and __fish_seen_subcommand_from show" -s n -l dry-run -d 'Show what would happen, but change nothing'
complete -c gatepass -n "__fish_gatepass_using_subcommand audit; and __fish_seen_subcommand_from show" -l accept-clock -d 'Proceed although the clock is behind the last record'
complete -c gatepass -n "__fish_gatepass_using_subcommand audit; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c gatepass -n "__fish_gatepass_using_subcommand audit; and __fish_seen_subcommand_from show" -s V -l version -d 'Print version'
complete -c gatepass -n "__fish_gatepass_using_subcommand audit; and __fish_seen_subcommand_from verify" -l against -d 'Checkpoint file; also prove that the log still extends it' -r -F
complete -c gatepass -n "__fish_gatepass_using_subcommand audit; and __fish_seen_subcommand_from verify" -l store -d 'Path of the store' -r -F
complete -c gatepass -n "__fish_gatepass_using_subcommand audit; and __fish_seen_subcommand_from verify" -l key-file -d 'Path of the master key file' -r -F
complete -c gatepass -n "__fish_gatepass_using_subcommand audit; and __fish_seen_subcommand_from verify" -l account -d 'Account to use; required for changes if there is more than one' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand audit; and __fish_seen_subcommand_from verify" -l format -d 'Output format [default: table]' -r -f -a "table\t'Aligned columns, for people'
json\t'One JSON document'
jsonl\t'One JSON object per line'
csv\t'Comma-separated values'"
complete -c gatepass -n "__fish_gatepass_using_subcommand audit; and __fish_seen_subcommand_from verify" -l field -d 'Print only this field, as plain text' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand audit; and __fish_seen_subcommand_from verify" -l color -d 'When to use colour [default: auto]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c gatepass -n "__fish_gatepass_using_subcommand audit; and __fish_seen_subcommand_from verify" -l json -d 'Same as --format json'
complete -c gatepass -n "__fish_gatepass_using_subcommand audit; and __fish_seen_subcommand_from verify" -s q -l quiet -d 'Print ids only; check, doctor and audit verify print nothing on success'
complete -c gatepass -n "__fish_gatepass_using_subcommand audit; and __fish_seen_subcommand_from verify" -s y -l yes -d 'Skip confirmation'
complete -c gatepass -n "__fish_gatepass_using_subcommand audit; and __fish_seen_subcommand_from verify" -s n -l dry-run -d 'Show what would happen, but change nothing'
complete -c gatepass -n "__fish_gatepass_using_subcommand audit; and __fish_seen_subcommand_from verify" -l accept-clock -d 'Proceed although the clock is behind the last record'
complete -c gatepass -n "__fish_gatepass_using_subcommand audit; and __fish_seen_subcommand_from verify" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c gatepass -n "__fish_gatepass_using_subcommand audit; and __fish_seen_subcommand_from verify" -s V -l version -d 'Print version'
complete -c gatepass -n "__fish_gatepass_using_subcommand audit; and __fish_seen_subcommand_from checkpoint" -l store -d 'Path of the store' -r -F
complete -c gatepass -n "__fish_gatepass_using_subcommand audit; and __fish_seen_subcommand_from checkpoint" -l key-file -d 'Path of the master key file' -r -F
complete -c gatepass -n "__fish_gatepass_using_subcommand audit; and __fish_seen_subcommand_from checkpoint" -l account -d 'Account to use; required for changes if there is more than one' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand audit; and __fish_seen_subcommand_from checkpoint" -l format -d 'Output format [default: table]' -r -f -a "table\t'Aligned columns, for people'
json\t'One JSON document'
jsonl\t'One JSON object per line'
csv\t'Comma-separated values'"
complete -c gatepass -n "__fish_gatepass_using_subcommand audit; and __fish_seen_subcommand_from checkpoint" -l field -d 'Print only this field, as plain text' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand audit; and __fish_seen_subcommand_from checkpoint" -l color -d 'When to use colour [default: auto]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c gatepass -n "__fish_gatepass_using_subcommand audit; and __fish_seen_subcommand_from checkpoint" -l json -d 'Same as --format json'
complete -c gatepass -n "__fish_gatepass_using_subcommand audit; and __fish_seen_subcommand_from checkpoint" -s q -l quiet -d 'Print ids only; check, doctor and audit verify print nothing on success'
complete -c gatepass -n "__fish_gatepass_using_subcommand audit; and __fish_seen_subcommand_from checkpoint" -s y -l yes -d 'Skip confirmation'
complete -c gatepass -n "__fish_gatepass_using_subcommand audit; and __fish_seen_subcommand_from checkpoint" -s n -l dry-run -d 'Show what would happen, but change nothing'
complete -c gatepass -n "__fish_gatepass_using_subcommand audit; and __fish_seen_subcommand_from checkpoint" -l accept-clock -d 'Proceed although the clock is behind the last record'
complete -c gatepass -n "__fish_gatepass_using_subcommand audit; and __fish_seen_subcommand_from checkpoint" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c gatepass -n "__fish_gatepass_using_subcommand audit; and __fish_seen_subcommand_from checkpoint" -s V -l version -d 'Print version'
complete -c gatepass -n "__fish_gatepass_using_subcommand audit; and __fish_seen_subcommand_from help" -f -a "list" -d 'List changes, oldest first'
complete -c gatepass -n "__fish_gatepass_using_subcommand audit; and __fish_seen_subcommand_from help" -f -a "show" -d 'Show one record, or find out whether a change was made'
complete -c gatepass -n "__fish_gatepass_using_subcommand audit; and __fish_seen_subcommand_from help" -f -a "verify" -d 'Verify the whole audit log'
complete -c gatepass -n "__fish_gatepass_using_subcommand audit; and __fish_seen_subcommand_from help" -f -a "checkpoint" -d 'Print a checkpoint of the audit log, to keep elsewhere'
complete -c gatepass -n "__fish_gatepass_using_subcommand audit; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c gatepass -n "__fish_gatepass_using_subcommand doctor" -l store -d 'Path of the store' -r -F
complete -c gatepass -n "__fish_gatepass_using_subcommand doctor" -l key-file -d 'Path of the master key file' -r -F
complete -c gatepass -n "__fish_gatepass_using_subcommand doctor" -l account -d 'Account to use; required for changes if there is more than one' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand doctor" -l format -d 'Output format [default: table]' -r -f -a "table\t'Aligned columns, for people'
json\t'One JSON document'
jsonl\t'One JSON object per line'
csv\t'Comma-separated values'"
complete -c gatepass -n "__fish_gatepass_using_subcommand doctor" -l field -d 'Print only this field, as plain text' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand doctor" -l color -d 'When to use colour [default: auto]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c gatepass -n "__fish_gatepass_using_subcommand doctor" -l json -d 'Same as --format json'
complete -c gatepass -n "__fish_gatepass_using_subcommand doctor" -s q -l quiet -d 'Print ids only; check, doctor and audit verify print nothing on success'
complete -c gatepass -n "__fish_gatepass_using_subcommand doctor" -s y -l yes -d 'Skip confirmation'
complete -c gatepass -n "__fish_gatepass_using_subcommand doctor" -s n -l dry-run -d 'Show what would happen, but change nothing'
complete -c gatepass -n "__fish_gatepass_using_subcommand doctor" -l accept-clock -d 'Proceed although the clock is behind the last record'
complete -c gatepass -n "__fish_gatepass_using_subcommand doctor" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c gatepass -n "__fish_gatepass_using_subcommand doctor" -s V -l version -d 'Print version'
complete -c gatepass -n "__fish_gatepass_using_subcommand key; and not __fish_seen_subcommand_from export import help" -l store -d 'Path of the store' -r -F
complete -c gatepass -n "__fish_gatepass_using_subcommand key; and not __fish_seen_subcommand_from export import help" -l key-file -d 'Path of the master key file' -r -F
complete -c gatepass -n "__fish_gatepass_using_subcommand key; and not __fish_seen_subcommand_from export import help" -l account -d 'Account to use; required for changes if there is more than one' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand key; and not __fish_seen_subcommand_from export import help" -l format -d 'Output format [default: table]' -r -f -a "table\t'Aligned columns, for people'
json\t'One JSON document'
jsonl\t'One JSON object per line'
csv\t'Comma-separated values'"
complete -c gatepass -n "__fish_gatepass_using_subcommand key; and not __fish_seen_subcommand_from export import help" -l field -d 'Print only this field, as plain text' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand key; and not __fish_seen_subcommand_from export import help" -l color -d 'When to use colour [default: auto]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c gatepass -n "__fish_gatepass_using_subcommand key; and not __fish_seen_subcommand_from export import help" -l json -d 'Same as --format json'
complete -c gatepass -n "__fish_gatepass_using_subcommand key; and not __fish_seen_subcommand_from export import help" -s q -l quiet -d 'Print ids only; check, doctor and audit verify print nothing on success'
complete -c gatepass -n "__fish_gatepass_using_subcommand key; and not __fish_seen_subcommand_from export import help" -s y -l yes -d 'Skip confirmation'
complete -c gatepass -n "__fish_gatepass_using_subcommand key; and not __fish_seen_subcommand_from export import help" -s n -l dry-run -d 'Show what would happen, but change nothing'
complete -c gatepass -n "__fish_gatepass_using_subcommand key; and not __fish_seen_subcommand_from export import help" -l accept-clock -d 'Proceed although the clock is behind the last record'
complete -c gatepass -n "__fish_gatepass_using_subcommand key; and not __fish_seen_subcommand_from export import help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c gatepass -n "__fish_gatepass_using_subcommand key; and not __fish_seen_subcommand_from export import help" -s V -l version -d 'Print version'
complete -c gatepass -n "__fish_gatepass_using_subcommand key; and not __fish_seen_subcommand_from export import help" -f -a "export" -d 'Copy the key to a new file or to stdout'
complete -c gatepass -n "__fish_gatepass_using_subcommand key; and not __fish_seen_subcommand_from export import help" -f -a "import" -d 'Restore the key from a copy'
complete -c gatepass -n "__fish_gatepass_using_subcommand key; and not __fish_seen_subcommand_from export import help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c gatepass -n "__fish_gatepass_using_subcommand key; and __fish_seen_subcommand_from export" -l out -d 'New file for the key; stdout if omitted' -r -F
complete -c gatepass -n "__fish_gatepass_using_subcommand key; and __fish_seen_subcommand_from export" -l store -d 'Path of the store' -r -F
complete -c gatepass -n "__fish_gatepass_using_subcommand key; and __fish_seen_subcommand_from export" -l key-file -d 'Path of the master key file' -r -F
complete -c gatepass -n "__fish_gatepass_using_subcommand key; and __fish_seen_subcommand_from export" -l account -d 'Account to use; required for changes if there is more than one' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand key; and __fish_seen_subcommand_from export" -l format -d 'Output format [default: table]' -r -f -a "table\t'Aligned columns, for people'
json\t'One JSON document'
jsonl\t'One JSON object per line'
csv\t'Comma-separated values'"
complete -c gatepass -n "__fish_gatepass_using_subcommand key; and __fish_seen_subcommand_from export" -l field -d 'Print only this field, as plain text' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand key; and __fish_seen_subcommand_from export" -l color -d 'When to use colour [default: auto]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c gatepass -n "__fish_gatepass_using_subcommand key; and __fish_seen_subcommand_from export" -l json -d 'Same as --format json'
complete -c gatepass -n "__fish_gatepass_using_subcommand key; and __fish_seen_subcommand_from export" -s q -l quiet -d 'Print ids only; check, doctor and audit verify print nothing on success'
complete -c gatepass -n "__fish_gatepass_using_subcommand key; and __fish_seen_subcommand_from export" -s y -l yes -d 'Skip confirmation'
complete -c gatepass -n "__fish_gatepass_using_subcommand key; and __fish_seen_subcommand_from export" -s n -l dry-run -d 'Show what would happen, but change nothing'
complete -c gatepass -n "__fish_gatepass_using_subcommand key; and __fish_seen_subcommand_from export" -l accept-clock -d 'Proceed although the clock is behind the last record'
complete -c gatepass -n "__fish_gatepass_using_subcommand key; and __fish_seen_subcommand_from export" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c gatepass -n "__fish_gatepass_using_subcommand key; and __fish_seen_subcommand_from export" -s V -l version -d 'Print version'
complete -c gatepass -n "__fish_gatepass_using_subcommand key; and __fish_seen_subcommand_from import" -l store -d 'Path of the store' -r -F
complete -c gatepass -n "__fish_gatepass_using_subcommand key; and __fish_seen_subcommand_from import" -l key-file -d 'Path of the master key file' -r -F
complete -c gatepass -n "__fish_gatepass_using_subcommand key; and __fish_seen_subcommand_from import" -l account -d 'Account to use; required for changes if there is more than one' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand key; and __fish_seen_subcommand_from import" -l format -d 'Output format [default: table]' -r -f -a "table\t'Aligned columns, for people'
json\t'One JSON document'
jsonl\t'One JSON object per line'
csv\t'Comma-separated values'"
complete -c gatepass -n "__fish_gatepass_using_subcommand key; and __fish_seen_subcommand_from import" -l field -d 'Print only this field, as plain text' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand key; and __fish_seen_subcommand_from import" -l color -d 'When to use colour [default: auto]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c gatepass -n "__fish_gatepass_using_subcommand key; and __fish_seen_subcommand_from import" -l json -d 'Same as --format json'
complete -c gatepass -n "__fish_gatepass_using_subcommand key; and __fish_seen_subcommand_from import" -s q -l quiet -d 'Print ids only; check, doctor and audit verify print nothing on success'
complete -c gatepass -n "__fish_gatepass_using_subcommand key; and __fish_seen_subcommand_from import" -s y -l yes -d 'Skip confirmation'
complete -c gatepass -n "__fish_gatepass_using_subcommand key; and __fish_seen_subcommand_from import" -s n -l dry-run -d 'Show what would happen, but change nothing'
complete -c gatepass -n "__fish_gatepass_using_subcommand key; and __fish_seen_subcommand_from import" -l accept-clock -d 'Proceed although the clock is behind the last record'
complete -c gatepass -n "__fish_gatepass_using_subcommand key; and __fish_seen_subcommand_from import" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c gatepass -n "__fish_gatepass_using_subcommand key; and __fish_seen_subcommand_from import" -s V -l version -d 'Print version'
complete -c gatepass -n "__fish_gatepass_using_subcommand key; and __fish_seen_subcommand_from help" -f -a "export" -d 'Copy the key to a new file or to stdout'
complete -c gatepass -n "__fish_gatepass_using_subcommand key; and __fish_seen_subcommand_from help" -f -a "import" -d 'Restore the key from a copy'
complete -c gatepass -n "__fish_gatepass_using_subcommand key; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c gatepass -n "__fish_gatepass_using_subcommand store; and not __fish_seen_subcommand_from migrate help" -l store -d 'Path of the store' -r -F
complete -c gatepass -n "__fish_gatepass_using_subcommand store; and not __fish_seen_subcommand_from migrate help" -l key-file -d 'Path of the master key file' -r -F
complete -c gatepass -n "__fish_gatepass_using_subcommand store; and not __fish_seen_subcommand_from migrate help" -l account -d 'Account to use; required for changes if there is more than one' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand store; and not __fish_seen_subcommand_from migrate help" -l format -d 'Output format [default: table]' -r -f -a "table\t'Aligned columns, for people'
json\t'One JSON document'
jsonl\t'One JSON object per line'
csv\t'Comma-separated values'"
complete -c gatepass -n "__fish_gatepass_using_subcommand store; and not __fish_seen_subcommand_from migrate help" -l field -d 'Print only this field, as plain text' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand store; and not __fish_seen_subcommand_from migrate help" -l color -d 'When to use colour [default: auto]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c gatepass -n "__fish_gatepass_using_subcommand store; and not __fish_seen_subcommand_from migrate help" -l json -d 'Same as --format json'
complete -c gatepass -n "__fish_gatepass_using_subcommand store; and not __fish_seen_subcommand_from migrate help" -s q -l quiet -d 'Print ids only; check, doctor and audit verify print nothing on success'
complete -c gatepass -n "__fish_gatepass_using_subcommand store; and not __fish_seen_subcommand_from migrate help" -s y -l yes -d 'Skip confirmation'
complete -c gatepass -n "__fish_gatepass_using_subcommand store; and not __fish_seen_subcommand_from migrate help" -s n -l dry-run -d 'Show what would happen, but change nothing'
complete -c gatepass -n "__fish_gatepass_using_subcommand store; and not __fish_seen_subcommand_from migrate help" -l accept-clock -d 'Proceed although the clock is behind the last record'
complete -c gatepass -n "__fish_gatepass_using_subcommand store; and not __fish_seen_subcommand_from migrate help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c gatepass -n "__fish_gatepass_using_subcommand store; and not __fish_seen_subcommand_from migrate help" -s V -l version -d 'Print version'
complete -c gatepass -n "__fish_gatepass_using_subcommand store; and not __fish_seen_subcommand_from migrate help" -f -a "migrate" -d 'Migrate a store of an older version'
complete -c gatepass -n "__fish_gatepass_using_subcommand store; and not __fish_seen_subcommand_from migrate help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c gatepass -n "__fish_gatepass_using_subcommand store; and __fish_seen_subcommand_from migrate" -l store -d 'Path of the store' -r -F
complete -c gatepass -n "__fish_gatepass_using_subcommand store; and __fish_seen_subcommand_from migrate" -l key-file -d 'Path of the master key file' -r -F
complete -c gatepass -n "__fish_gatepass_using_subcommand store; and __fish_seen_subcommand_from migrate" -l account -d 'Account to use; required for changes if there is more than one' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand store; and __fish_seen_subcommand_from migrate" -l format -d 'Output format [default: table]' -r -f -a "table\t'Aligned columns, for people'
json\t'One JSON document'
jsonl\t'One JSON object per line'
csv\t'Comma-separated values'"
complete -c gatepass -n "__fish_gatepass_using_subcommand store; and __fish_seen_subcommand_from migrate" -l field -d 'Print only this field, as plain text' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand store; and __fish_seen_subcommand_from migrate" -l color -d 'When to use colour [default: auto]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c gatepass -n "__fish_gatepass_using_subcommand store; and __fish_seen_subcommand_from migrate" -l json -d 'Same as --format json'
complete -c gatepass -n "__fish_gatepass_using_subcommand store; and __fish_seen_subcommand_from migrate" -s q -l quiet -d 'Print ids only; check, doctor and audit verify print nothing on success'
complete -c gatepass -n "__fish_gatepass_using_subcommand store; and __fish_seen_subcommand_from migrate" -s y -l yes -d 'Skip confirmation'
complete -c gatepass -n "__fish_gatepass_using_subcommand store; and __fish_seen_subcommand_from migrate" -s n -l dry-run -d 'Show what would happen, but change nothing'
complete -c gatepass -n "__fish_gatepass_using_subcommand store; and __fish_seen_subcommand_from migrate" -l accept-clock -d 'Proceed although the clock is behind the last record'
complete -c gatepass -n "__fish_gatepass_using_subcommand store; and __fish_seen_subcommand_from migrate" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c gatepass -n "__fish_gatepass_using_subcommand store; and __fish_seen_subcommand_from migrate" -s V -l version -d 'Print version'
complete -c gatepass -n "__fish_gatepass_using_subcommand store; and __fish_seen_subcommand_from help" -f -a "migrate" -d 'Migrate a store of an older version'
complete -c gatepass -n "__fish_gatepass_using_subcommand store; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c gatepass -n "__fish_gatepass_using_subcommand schema; and not __fish_seen_subcommand_from list show help" -l store -d 'Path of the store' -r -F
complete -c gatepass -n "__fish_gatepass_using_subcommand schema; and not __fish_seen_subcommand_from list show help" -l key-file -d 'Path of the master key file' -r -F
complete -c gatepass -n "__fish_gatepass_using_subcommand schema; and not __fish_seen_subcommand_from list show help" -l account -d 'Account to use; required for changes if there is more than one' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand schema; and not __fish_seen_subcommand_from list show help" -l format -d 'Output format [default: table]' -r -f -a "table\t'Aligned columns, for people'
json\t'One JSON document'
jsonl\t'One JSON object per line'
csv\t'Comma-separated values'"
complete -c gatepass -n "__fish_gatepass_using_subcommand schema; and not __fish_seen_subcommand_from list show help" -l field -d 'Print only this field, as plain text' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand schema; and not __fish_seen_subcommand_from list show help" -l color -d 'When to use colour [default: auto]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c gatepass -n "__fish_gatepass_using_subcommand schema; and not __fish_seen_subcommand_from list show help" -l json -d 'Same as --format json'
complete -c gatepass -n "__fish_gatepass_using_subcommand schema; and not __fish_seen_subcommand_from list show help" -s q -l quiet -d 'Print ids only; check, doctor and audit verify print nothing on success'
complete -c gatepass -n "__fish_gatepass_using_subcommand schema; and not __fish_seen_subcommand_from list show help" -s y -l yes -d 'Skip confirmation'
complete -c gatepass -n "__fish_gatepass_using_subcommand schema; and not __fish_seen_subcommand_from list show help" -s n -l dry-run -d 'Show what would happen, but change nothing'
complete -c gatepass -n "__fish_gatepass_using_subcommand schema; and not __fish_seen_subcommand_from list show help" -l accept-clock -d 'Proceed although the clock is behind the last record'
complete -c gatepass -n "__fish_gatepass_using_subcommand schema; and not __fish_seen_subcommand_from list show help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c gatepass -n "__fish_gatepass_using_subcommand schema; and not __fish_seen_subcommand_from list show help" -s V -l version -d 'Print version'
complete -c gatepass -n "__fish_gatepass_using_subcommand schema; and not __fish_seen_subcommand_from list show help" -f -a "list" -d 'List schema names'
complete -c gatepass -n "__fish_gatepass_using_subcommand schema; and not __fish_seen_subcommand_from list show help" -f -a "show" -d 'Show a schema'
complete -c gatepass -n "__fish_gatepass_using_subcommand schema; and not __fish_seen_subcommand_from list show help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c gatepass -n "__fish_gatepass_using_subcommand schema; and __fish_seen_subcommand_from list" -l store -d 'Path of the store' -r -F
complete -c gatepass -n "__fish_gatepass_using_subcommand schema; and __fish_seen_subcommand_from list" -l key-file -d 'Path of the master key file' -r -F
complete -c gatepass -n "__fish_gatepass_using_subcommand schema; and __fish_seen_subcommand_from list" -l account -d 'Account to use; required for changes if there is more than one' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand schema; and __fish_seen_subcommand_from list" -l format -d 'Output format [default: table]' -r -f -a "table\t'Aligned columns, for people'
json\t'One JSON document'
jsonl\t'One JSON object per line'
csv\t'Comma-separated values'"
complete -c gatepass -n "__fish_gatepass_using_subcommand schema; and __fish_seen_subcommand_from list" -l field -d 'Print only this field, as plain text' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand schema; and __fish_seen_subcommand_from list" -l color -d 'When to use colour [default: auto]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c gatepass -n "__fish_gatepass_using_subcommand schema; and __fish_seen_subcommand_from list" -l json -d 'Same as --format json'
complete -c gatepass -n "__fish_gatepass_using_subcommand schema; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Print ids only; check, doctor and audit verify print nothing on success'
complete -c gatepass -n "__fish_gatepass_using_subcommand schema; and __fish_seen_subcommand_from list" -s y -l yes -d 'Skip confirmation'
complete -c gatepass -n "__fish_gatepass_using_subcommand schema; and __fish_seen_subcommand_from list" -s n -l dry-run -d 'Show what would happen, but change nothing'
complete -c gatepass -n "__fish_gatepass_using_subcommand schema; and __fish_seen_subcommand_from list" -l accept-clock -d 'Proceed although the clock is behind the last record'
complete -c gatepass -n "__fish_gatepass_using_subcommand schema; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c gatepass -n "__fish_gatepass_using_subcommand schema; and __fish_seen_subcommand_from list" -s V -l version -d 'Print version'
complete -c gatepass -n "__fish_gatepass_using_subcommand schema; and __fish_seen_subcommand_from show" -l store -d 'Path of the store' -r -F
complete -c gatepass -n "__fish_gatepass_using_subcommand schema; and __fish_seen_subcommand_from show" -l key-file -d 'Path of the master key file' -r -F
complete -c gatepass -n "__fish_gatepass_using_subcommand schema; and __fish_seen_subcommand_from show" -l account -d 'Account to use; required for changes if there is more than one' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand schema; and __fish_seen_subcommand_from show" -l format -d 'Output format [default: table]' -r -f -a "table\t'Aligned columns, for people'
json\t'One JSON document'
jsonl\t'One JSON object per line'
csv\t'Comma-separated values'"
complete -c gatepass -n "__fish_gatepass_using_subcommand schema; and __fish_seen_subcommand_from show" -l field -d 'Print only this field, as plain text' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand schema; and __fish_seen_subcommand_from show" -l color -d 'When to use colour [default: auto]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c gatepass -n "__fish_gatepass_using_subcommand schema; and __fish_seen_subcommand_from show" -l json -d 'Same as --format json'
complete -c gatepass -n "__fish_gatepass_using_subcommand schema; and __fish_seen_subcommand_from show" -s q -l quiet -d 'Print ids only; check, doctor and audit verify print nothing on success'
complete -c gatepass -n "__fish_gatepass_using_subcommand schema; and __fish_seen_subcommand_from show" -s y -l yes -d 'Skip confirmation'
complete -c gatepass -n "__fish_gatepass_using_subcommand schema; and __fish_seen_subcommand_from show" -s n -l dry-run -d 'Show what would happen, but change nothing'
complete -c gatepass -n "__fish_gatepass_using_subcommand schema; and __fish_seen_subcommand_from show" -l accept-clock -d 'Proceed although the clock is behind the last record'
complete -c gatepass -n "__fish_gatepass_using_subcommand schema; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c gatepass -n "__fish_gatepass_using_subcommand schema; and __fish_seen_subcommand_from show" -s V -l version -d 'Print version'
complete -c gatepass -n "__fish_gatepass_using_subcommand schema; and __fish_seen_subcommand_from help" -f -a "list" -d 'List schema names'
complete -c gatepass -n "__fish_gatepass_using_subcommand schema; and __fish_seen_subcommand_from help" -f -a "show" -d 'Show a schema'
complete -c gatepass -n "__fish_gatepass_using_subcommand schema; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c gatepass -n "__fish_gatepass_using_subcommand proxy-config" -l listen -d 'Address that the proxy listens on' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand proxy-config" -l gate -d 'Address of gatepass serve: IP:PORT or unix:PATH' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand proxy-config" -l backend -d 'Address of the protected API' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand proxy-config" -l store -d 'Path of the store' -r -F
complete -c gatepass -n "__fish_gatepass_using_subcommand proxy-config" -l key-file -d 'Path of the master key file' -r -F
complete -c gatepass -n "__fish_gatepass_using_subcommand proxy-config" -l account -d 'Account to use; required for changes if there is more than one' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand proxy-config" -l format -d 'Output format [default: table]' -r -f -a "table\t'Aligned columns, for people'
json\t'One JSON document'
jsonl\t'One JSON object per line'
csv\t'Comma-separated values'"
complete -c gatepass -n "__fish_gatepass_using_subcommand proxy-config" -l field -d 'Print only this field, as plain text' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand proxy-config" -l color -d 'When to use colour [default: auto]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c gatepass -n "__fish_gatepass_using_subcommand proxy-config" -l lua -d 'Print gatepass.lua instead, the script that the HAProxy configuration loads'
complete -c gatepass -n "__fish_gatepass_using_subcommand proxy-config" -l json -d 'Same as --format json'
complete -c gatepass -n "__fish_gatepass_using_subcommand proxy-config" -s q -l quiet -d 'Print ids only; check, doctor and audit verify print nothing on success'
complete -c gatepass -n "__fish_gatepass_using_subcommand proxy-config" -s y -l yes -d 'Skip confirmation'
complete -c gatepass -n "__fish_gatepass_using_subcommand proxy-config" -s n -l dry-run -d 'Show what would happen, but change nothing'
complete -c gatepass -n "__fish_gatepass_using_subcommand proxy-config" -l accept-clock -d 'Proceed although the clock is behind the last record'
complete -c gatepass -n "__fish_gatepass_using_subcommand proxy-config" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c gatepass -n "__fish_gatepass_using_subcommand proxy-config" -s V -l version -d 'Print version'
complete -c gatepass -n "__fish_gatepass_using_subcommand completions" -l store -d 'Path of the store' -r -F
complete -c gatepass -n "__fish_gatepass_using_subcommand completions" -l key-file -d 'Path of the master key file' -r -F
complete -c gatepass -n "__fish_gatepass_using_subcommand completions" -l account -d 'Account to use; required for changes if there is more than one' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand completions" -l format -d 'Output format [default: table]' -r -f -a "table\t'Aligned columns, for people'
json\t'One JSON document'
jsonl\t'One JSON object per line'
csv\t'Comma-separated values'"
complete -c gatepass -n "__fish_gatepass_using_subcommand completions" -l field -d 'Print only this field, as plain text' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand completions" -l color -d 'When to use colour [default: auto]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c gatepass -n "__fish_gatepass_using_subcommand completions" -l json -d 'Same as --format json'
complete -c gatepass -n "__fish_gatepass_using_subcommand completions" -s q -l quiet -d 'Print ids only; check, doctor and audit verify print nothing on success'
complete -c gatepass -n "__fish_gatepass_using_subcommand completions" -s y -l yes -d 'Skip confirmation'
complete -c gatepass -n "__fish_gatepass_using_subcommand completions" -s n -l dry-run -d 'Show what would happen, but change nothing'
complete -c gatepass -n "__fish_gatepass_using_subcommand completions" -l accept-clock -d 'Proceed although the clock is behind the last record'
complete -c gatepass -n "__fish_gatepass_using_subcommand completions" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c gatepass -n "__fish_gatepass_using_subcommand completions" -s V -l version -d 'Print version'
complete -c gatepass -n "__fish_gatepass_using_subcommand man" -l dir -d 'Write all pages to this existing directory' -r -F
complete -c gatepass -n "__fish_gatepass_using_subcommand man" -l store -d 'Path of the store' -r -F
complete -c gatepass -n "__fish_gatepass_using_subcommand man" -l key-file -d 'Path of the master key file' -r -F
complete -c gatepass -n "__fish_gatepass_using_subcommand man" -l account -d 'Account to use; required for changes if there is more than one' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand man" -l format -d 'Output format [default: table]' -r -f -a "table\t'Aligned columns, for people'
json\t'One JSON document'
jsonl\t'One JSON object per line'
csv\t'Comma-separated values'"
complete -c gatepass -n "__fish_gatepass_using_subcommand man" -l field -d 'Print only this field, as plain text' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand man" -l color -d 'When to use colour [default: auto]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c gatepass -n "__fish_gatepass_using_subcommand man" -l json -d 'Same as --format json'
complete -c gatepass -n "__fish_gatepass_using_subcommand man" -s q -l quiet -d 'Print ids only; check, doctor and audit verify print nothing on success'
complete -c gatepass -n "__fish_gatepass_using_subcommand man" -s y -l yes -d 'Skip confirmation'
complete -c gatepass -n "__fish_gatepass_using_subcommand man" -s n -l dry-run -d 'Show what would happen, but change nothing'
complete -c gatepass -n "__fish_gatepass_using_subcommand man" -l accept-clock -d 'Proceed although the clock is behind the last record'
complete -c gatepass -n "__fish_gatepass_using_subcommand man" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c gatepass -n "__fish_gatepass_using_subcommand man" -s V -l version -d 'Print version'
complete -c gatepass -n "__fish_gatepass_using_subcommand help; and not __fish_seen_subcommand_from create list show edit delete grant-user grant-app reset revoke verify check deliver serve app district legacy account audit doctor key store schema proxy-config completions man help" -f -a "create" -d 'Create a passcode for a partner; the secret is shown once'
complete -c gatepass -n "__fish_gatepass_using_subcommand help; and not __fish_seen_subcommand_from create list show edit delete grant-user grant-app reset revoke verify check deliver serve app district legacy account audit doctor key store schema proxy-config completions man help" -f -a "list" -d 'List credentials'
complete -c gatepass -n "__fish_gatepass_using_subcommand help; and not __fish_seen_subcommand_from create list show edit delete grant-user grant-app reset revoke verify check deliver serve app district legacy account audit doctor key store schema proxy-config completions man help" -f -a "show" -d 'Show a credential, but never its secret'
complete -c gatepass -n "__fish_gatepass_using_subcommand help; and not __fish_seen_subcommand_from create list show edit delete grant-user grant-app reset revoke verify check deliver serve app district legacy account audit doctor key store schema proxy-config completions man help" -f -a "edit" -d 'Edit a credential; its id and secret stay the same'
complete -c gatepass -n "__fish_gatepass_using_subcommand help; and not __fish_seen_subcommand_from create list show edit delete grant-user grant-app reset revoke verify check deliver serve app district legacy account audit doctor key store schema proxy-config completions man help" -f -a "delete" -d 'Delete credentials; frees their names and slots'
complete -c gatepass -n "__fish_gatepass_using_subcommand help; and not __fish_seen_subcommand_from create list show edit delete grant-user grant-app reset revoke verify check deliver serve app district legacy account audit doctor key store schema proxy-config completions man help" -f -a "grant-user" -d 'Create a user\'s passcode, or many from a CSV file'
complete -c gatepass -n "__fish_gatepass_using_subcommand help; and not __fish_seen_subcommand_from create list show edit delete grant-user grant-app reset revoke verify check deliver serve app district legacy account audit doctor key store schema proxy-config completions man help" -f -a "grant-app" -d 'Create the token of an app for a district'
complete -c gatepass -n "__fish_gatepass_using_subcommand help; and not __fish_seen_subcommand_from create list show edit delete grant-user grant-app reset revoke verify check deliver serve app district legacy account audit doctor key store schema proxy-config completions man help" -f -a "reset" -d 'Rotate secrets; id, name and expiry stay the same'
complete -c gatepass -n "__fish_gatepass_using_subcommand help; and not __fish_seen_subcommand_from create list show edit delete grant-user grant-app reset revoke verify check deliver serve app district legacy account audit doctor key store schema proxy-config completions man help" -f -a "revoke" -d 'Revoke credentials but keep them listed'
complete -c gatepass -n "__fish_gatepass_using_subcommand help; and not __fish_seen_subcommand_from create list show edit delete grant-user grant-app reset revoke verify check deliver serve app district legacy account audit doctor key store schema proxy-config completions man help" -f -a "verify" -d 'Identify a secret and check that it is valid (see exit codes)'
complete -c gatepass -n "__fish_gatepass_using_subcommand help; and not __fish_seen_subcommand_from create list show edit delete grant-user grant-app reset revoke verify check deliver serve app district legacy account audit doctor key store schema proxy-config completions man help" -f -a "check" -d 'Report expired and soon-to-expire credentials'
complete -c gatepass -n "__fish_gatepass_using_subcommand help; and not __fish_seen_subcommand_from create list show edit delete grant-user grant-app reset revoke verify check deliver serve app district legacy account audit doctor key store schema proxy-config completions man help" -f -a "deliver" -d 'Send pending webhook messages to apps, then exit'
complete -c gatepass -n "__fish_gatepass_using_subcommand help; and not __fish_seen_subcommand_from create list show edit delete grant-user grant-app reset revoke verify check deliver serve app district legacy account audit doctor key store schema proxy-config completions man help" -f -a "serve" -d 'Run the authorization server that proxies query'
complete -c gatepass -n "__fish_gatepass_using_subcommand help; and not __fish_seen_subcommand_from create list show edit delete grant-user grant-app reset revoke verify check deliver serve app district legacy account audit doctor key store schema proxy-config completions man help" -f -a "app" -d 'Add, list, show, edit, reset and remove apps'
complete -c gatepass -n "__fish_gatepass_using_subcommand help; and not __fish_seen_subcommand_from create list show edit delete grant-user grant-app reset revoke verify check deliver serve app district legacy account audit doctor key store schema proxy-config completions man help" -f -a "district" -d 'Add, list, show, edit, connect and remove districts'
complete -c gatepass -n "__fish_gatepass_using_subcommand help; and not __fish_seen_subcommand_from create list show edit delete grant-user grant-app reset revoke verify check deliver serve app district legacy account audit doctor key store schema proxy-config completions man help" -f -a "legacy" -d 'Phase out legacy API keys'
complete -c gatepass -n "__fish_gatepass_using_subcommand help; and not __fish_seen_subcommand_from create list show edit delete grant-user grant-app reset revoke verify check deliver serve app district legacy account audit doctor key store schema proxy-config completions man help" -f -a "account" -d 'List, show, add and edit accounts'
complete -c gatepass -n "__fish_gatepass_using_subcommand help; and not __fish_seen_subcommand_from create list show edit delete grant-user grant-app reset revoke verify check deliver serve app district legacy account audit doctor key store schema proxy-config completions man help" -f -a "audit" -d 'List, show and verify the audit log'
complete -c gatepass -n "__fish_gatepass_using_subcommand help; and not __fish_seen_subcommand_from create list show edit delete grant-user grant-app reset revoke verify check deliver serve app district legacy account audit doctor key store schema proxy-config completions man help" -f -a "doctor" -d 'Check the integrity of store, key and audit log'
complete -c gatepass -n "__fish_gatepass_using_subcommand help; and not __fish_seen_subcommand_from create list show edit delete grant-user grant-app reset revoke verify check deliver serve app district legacy account audit doctor key store schema proxy-config completions man help" -f -a "key" -d 'Back up and restore the master key'
complete -c gatepass -n "__fish_gatepass_using_subcommand help; and not __fish_seen_subcommand_from create list show edit delete grant-user grant-app reset revoke verify check deliver serve app district legacy account audit doctor key store schema proxy-config completions man help" -f -a "store" -d 'Migrate the store to the version that this gatepass requires'
complete -c gatepass -n "__fish_gatepass_using_subcommand help; and not __fish_seen_subcommand_from create list show edit delete grant-user grant-app reset revoke verify check deliver serve app district legacy account audit doctor key store schema proxy-config completions man help" -f -a "schema" -d 'List and show the JSON Schemas of the output'
complete -c gatepass -n "__fish_gatepass_using_subcommand help; and not __fish_seen_subcommand_from create list show edit delete grant-user grant-app reset revoke verify check deliver serve app district legacy account audit doctor key store schema proxy-config completions man help" -f -a "proxy-config" -d 'Print a proxy configuration that queries gatepass serve'
complete -c gatepass -n "__fish_gatepass_using_subcommand help; and not __fish_seen_subcommand_from create list show edit delete grant-user grant-app reset revoke verify check deliver serve app district legacy account audit doctor key store schema proxy-config completions man help" -f -a "completions" -d 'Print a completion script for a shell'
complete -c gatepass -n "__fish_gatepass_using_subcommand help; and not __fish_seen_subcommand_from create list show edit delete grant-user grant-app reset revoke verify check deliver serve app district legacy account audit doctor key store schema proxy-config completions man help" -f -a "man" -d 'Print the man page, or write all man pages to a directory'
complete -c gatepass -n "__fish_gatepass_using_subcommand help; and not __fish_seen_subcommand_from create list show edit delete grant-user grant-app reset revoke verify check deliver serve app district legacy account audit doctor key store schema proxy-config completions man help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c gatepass -n "__fish_gatepass_using_subcommand help; and __fish_seen_subcommand_from app" -f -a "add" -d 'Add an app; its client secret is shown once'
complete -c gatepass -n "__fish_gatepass_using_subcommand help; and __fish_seen_subcommand_from app" -f -a "list" -d 'List apps'
complete -c gatepass -n "__fish_gatepass_using_subcommand help; and __fish_seen_subcommand_from app" -f -a "show" -d 'Show an app, but never its client secret'
complete -c gatepass -n "__fish_gatepass_using_subcommand help; and __fish_seen_subcommand_from app" -f -a "edit" -d 'Edit an app; its ids and client secret stay the same'
complete -c gatepass -n "__fish_gatepass_using_subcommand help; and __fish_seen_subcommand_from app" -f -a "reset" -d 'Generate a new client secret, shown once'
complete -c gatepass -n "__fish_gatepass_using_subcommand help; and __fish_seen_subcommand_from app" -f -a "remove" -d 'Remove an app; frees its name'
complete -c gatepass -n "__fish_gatepass_using_subcommand help; and __fish_seen_subcommand_from district" -f -a "add" -d 'Add a district'
complete -c gatepass -n "__fish_gatepass_using_subcommand help; and __fish_seen_subcommand_from district" -f -a "list" -d 'List districts'
complete -c gatepass -n "__fish_gatepass_using_subcommand help; and __fish_seen_subcommand_from district" -f -a "show" -d 'Show a district'
complete -c gatepass -n "__fish_gatepass_using_subcommand help; and __fish_seen_subcommand_from district" -f -a "edit" -d 'Edit a district; its id stays the same'
complete -c gatepass -n "__fish_gatepass_using_subcommand help; and __fish_seen_subcommand_from district" -f -a "remove" -d 'Remove a district; frees its name and external id'
complete -c gatepass -n "__fish_gatepass_using_subcommand help; and __fish_seen_subcommand_from district" -f -a "connect" -d 'Create tokens of several apps for one district, or for many'
complete -c gatepass -n "__fish_gatepass_using_subcommand help; and __fish_seen_subcommand_from legacy" -f -a "policy" -d 'Show or set when legacy keys are deprecated, limited and refused'
complete -c gatepass -n "__fish_gatepass_using_subcommand help; and __fish_seen_subcommand_from legacy" -f -a "report" -d 'Report which apps still depend on legacy keys'
complete -c gatepass -n "__fish_gatepass_using_subcommand help; and __fish_seen_subcommand_from account" -f -a "list" -d 'List accounts'
complete -c gatepass -n "__fish_gatepass_using_subcommand help; and __fish_seen_subcommand_from account" -f -a "show" -d 'Show an account'
complete -c gatepass -n "__fish_gatepass_using_subcommand help; and __fish_seen_subcommand_from account" -f -a "add" -d 'Add an account'
complete -c gatepass -n "__fish_gatepass_using_subcommand help; and __fish_seen_subcommand_from account" -f -a "edit" -d 'Edit an account; its Account ID stays the same'
complete -c gatepass -n "__fish_gatepass_using_subcommand help; and __fish_seen_subcommand_from audit" -f -a "list" -d 'List changes, oldest first'
complete -c gatepass -n "__fish_gatepass_using_subcommand help; and __fish_seen_subcommand_from audit" -f -a "show" -d 'Show one record, or find out whether a change was made'
complete -c gatepass -n "__fish_gatepass_using_subcommand help; and __fish_seen_subcommand_from audit" -f -a "verify" -d 'Verify the whole audit log'
complete -c gatepass -n "__fish_gatepass_using_subcommand help; and __fish_seen_subcommand_from audit" -f -a "checkpoint" -d 'Print a checkpoint of the audit log, to keep elsewhere'
complete -c gatepass -n "__fish_gatepass_using_subcommand help; and __fish_seen_subcommand_from key" -f -a "export" -d 'Copy the key to a new file or to stdout'
complete -c gatepass -n "__fish_gatepass_using_subcommand help; and __fish_seen_subcommand_from key" -f -a "import" -d 'Restore the key from a copy'
complete -c gatepass -n "__fish_gatepass_using_subcommand help; and __fish_seen_subcommand_from store" -f -a "migrate" -d 'Migrate a store of an older version'
complete -c gatepass -n "__fish_gatepass_using_subcommand help; and __fish_seen_subcommand_from schema" -f -a "list" -d 'List schema names'
complete -c gatepass -n "__fish_gatepass_using_subcommand help; and __fish_seen_subcommand_from schema" -f -a "show" -d 'Show a schema'

# The names of credentials.
function __fish_gatepass_names
    gatepass complete-names -- (commandline -ct | string unescape) 2>/dev/null
end

complete -c gatepass -n "__fish_gatepass_using_subcommand delete edit reset revoke show" -f -a "(__fish_gatepass_names)"
complete -c gatepass -n "__fish_gatepass_using_subcommand audit; and __fish_seen_subcommand_from list" -l of -x -a "(__fish_gatepass_names)"
