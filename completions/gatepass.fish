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

complete -c gatepass -n "__fish_gatepass_needs_command" -l store -d 'The store [default: gatepass/store.db in the user\'s data directory]' -r -F
complete -c gatepass -n "__fish_gatepass_needs_command" -l key-file -d 'The file of the master key [default: gatepass/key in the user\'s configuration directory]' -r -F
complete -c gatepass -n "__fish_gatepass_needs_command" -l account -d 'The account to work on, by its Account ID; with several, changes need it' -r
complete -c gatepass -n "__fish_gatepass_needs_command" -l format -d 'How data is written to stdout [default: table]' -r -f -a "table\t'Columns for people'
json\t'One JSON document'
jsonl\t'One JSON object a line'
csv\t'Comma-separated values'"
complete -c gatepass -n "__fish_gatepass_needs_command" -l field -d 'Only this field of the JSON output, as plain text' -r
complete -c gatepass -n "__fish_gatepass_needs_command" -l color -d 'When to use colour [default: auto]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Everywhere'
never\t'Nowhere'"
complete -c gatepass -n "__fish_gatepass_needs_command" -l json -d 'Short for --format json'
complete -c gatepass -n "__fish_gatepass_needs_command" -s q -l quiet -d 'Ids only; of check, doctor and audit verify nothing when all is well'
complete -c gatepass -n "__fish_gatepass_needs_command" -s y -l yes -d 'Don\'t ask, do it'
complete -c gatepass -n "__fish_gatepass_needs_command" -s n -l dry-run -d 'Show what would happen, and change nothing'
complete -c gatepass -n "__fish_gatepass_needs_command" -l accept-clock -d 'Believe a clock that is behind the store\'s last record'
complete -c gatepass -n "__fish_gatepass_needs_command" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c gatepass -n "__fish_gatepass_needs_command" -s V -l version -d 'Print version'
complete -c gatepass -n "__fish_gatepass_needs_command" -f -a "create" -d 'Makes an account passcode for one partner and shows its secret once'
complete -c gatepass -n "__fish_gatepass_needs_command" -f -a "list" -d 'Lists credentials'
complete -c gatepass -n "__fish_gatepass_needs_command" -f -a "show" -d 'Shows one credential; never its secret'
complete -c gatepass -n "__fish_gatepass_needs_command" -f -a "edit" -d 'Changes name, note, lifetime, what a token is good for, or the right to introspect; the id and the secret stay'
complete -c gatepass -n "__fish_gatepass_needs_command" -f -a "delete" -d 'Ends credentials at once and takes them off the list; their names and places are free again'
complete -c gatepass -n "__fish_gatepass_needs_command" -f -a "grant-user" -d 'Makes the passcode of one user and shows its secret once, or of many from a CSV file'
complete -c gatepass -n "__fish_gatepass_needs_command" -f -a "grant-app" -d 'Makes the token of an app for a district, and shows its secret once'
complete -c gatepass -n "__fish_gatepass_needs_command" -f -a "reset" -d 'Gives credentials new secrets, shown once; their ids, names and ends stay'
complete -c gatepass -n "__fish_gatepass_needs_command" -f -a "revoke" -d 'Ends credentials at once and keeps them listed as revoked, with who, when and why'
complete -c gatepass -n "__fish_gatepass_needs_command" -f -a "verify" -d 'Tells whose secret it is and whether it is good; the exit code tells, too'
complete -c gatepass -n "__fish_gatepass_needs_command" -f -a "check" -d 'Tells cron and monitoring what has expired and what soon will'
complete -c gatepass -n "__fish_gatepass_needs_command" -f -a "deliver" -d 'Tells apps of their tokens: sends all messages that are due, once, and ends'
complete -c gatepass -n "__fish_gatepass_needs_command" -f -a "serve" -d 'Answers proxies that ask whether a request may pass'
complete -c gatepass -n "__fish_gatepass_needs_command" -f -a "app" -d 'Adds, lists, shows, changes, resets and removes apps'
complete -c gatepass -n "__fish_gatepass_needs_command" -f -a "district" -d 'Adds, lists, shows, changes, connects and removes districts'
complete -c gatepass -n "__fish_gatepass_needs_command" -f -a "legacy" -d 'Leads apps away from the keys that they had before there were tokens'
complete -c gatepass -n "__fish_gatepass_needs_command" -f -a "account" -d 'Lists, shows, adds and changes accounts'
complete -c gatepass -n "__fish_gatepass_needs_command" -f -a "audit" -d 'Lists and verifies the log of changes'
complete -c gatepass -n "__fish_gatepass_needs_command" -f -a "doctor" -d 'Examines store, key and log: every record against its seal, its neighbours and its last audit record'
complete -c gatepass -n "__fish_gatepass_needs_command" -f -a "key" -d 'Copies the master key for escrow, and brings it back'
complete -c gatepass -n "__fish_gatepass_needs_command" -f -a "schema" -d 'Lists and shows the JSON Schemas of the output'
complete -c gatepass -n "__fish_gatepass_needs_command" -f -a "proxy-config" -d 'Prints the configuration of a proxy that asks gatepass serve before each request'
complete -c gatepass -n "__fish_gatepass_needs_command" -f -a "completions" -d 'Prints a completion script for a shell'
complete -c gatepass -n "__fish_gatepass_needs_command" -f -a "man" -d 'Prints the man page of gatepass, or writes the pages of all its subcommands to a directory'
complete -c gatepass -n "__fish_gatepass_needs_command" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c gatepass -n "__fish_gatepass_using_subcommand create" -l days -d 'For this many days of 24 hours, 1 to 365' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand create" -l until -d 'Until the end of a date (UTC) or an RFC 3339 instant, within 365 days' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand create" -l note -d 'A free text, shown in lists' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand create" -l out -d 'Write the secret to this new file, readable by you alone, instead of showing it' -r -F
complete -c gatepass -n "__fish_gatepass_using_subcommand create" -l store -d 'The store [default: gatepass/store.db in the user\'s data directory]' -r -F
complete -c gatepass -n "__fish_gatepass_using_subcommand create" -l key-file -d 'The file of the master key [default: gatepass/key in the user\'s configuration directory]' -r -F
complete -c gatepass -n "__fish_gatepass_using_subcommand create" -l account -d 'The account to work on, by its Account ID; with several, changes need it' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand create" -l format -d 'How data is written to stdout [default: table]' -r -f -a "table\t'Columns for people'
json\t'One JSON document'
jsonl\t'One JSON object a line'
csv\t'Comma-separated values'"
complete -c gatepass -n "__fish_gatepass_using_subcommand create" -l field -d 'Only this field of the JSON output, as plain text' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand create" -l color -d 'When to use colour [default: auto]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Everywhere'
never\t'Nowhere'"
complete -c gatepass -n "__fish_gatepass_using_subcommand create" -l infinite -d 'For ten years'
complete -c gatepass -n "__fish_gatepass_using_subcommand create" -l forever -d 'Without an end'
complete -c gatepass -n "__fish_gatepass_using_subcommand create" -l if-missing -d 'Succeed without a secret when a passcode of that name is good already'
complete -c gatepass -n "__fish_gatepass_using_subcommand create" -l copy -d 'Put the secret on the terminal\'s clipboard, too'
complete -c gatepass -n "__fish_gatepass_using_subcommand create" -l json -d 'Short for --format json'
complete -c gatepass -n "__fish_gatepass_using_subcommand create" -s q -l quiet -d 'Ids only; of check, doctor and audit verify nothing when all is well'
complete -c gatepass -n "__fish_gatepass_using_subcommand create" -s y -l yes -d 'Don\'t ask, do it'
complete -c gatepass -n "__fish_gatepass_using_subcommand create" -s n -l dry-run -d 'Show what would happen, and change nothing'
complete -c gatepass -n "__fish_gatepass_using_subcommand create" -l accept-clock -d 'Believe a clock that is behind the store\'s last record'
complete -c gatepass -n "__fish_gatepass_using_subcommand create" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c gatepass -n "__fish_gatepass_using_subcommand create" -s V -l version -d 'Print version'
complete -c gatepass -n "__fish_gatepass_using_subcommand list" -l kind -d 'Only these kinds: account, user, token, legacy' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand list" -l state -d 'Only in these states: active, expiring, expired, revoked, deleted' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand list" -l expiring -d 'Only what has expired or will within so many days (30 if none are given), and is neither revoked nor deleted' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand list" -l unused -d 'Only what was not used for so many days; what never was counts from when it was made' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand list" -l user -d 'Only the passcodes of this user' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand list" -l app -d 'Only the tokens of this app, and its legacy key: its name, id or client id' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand list" -l district -d 'Only the tokens for this district: its name, id or external id' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand list" -l name -d 'Only names and addresses that fit this pattern, of apps and districts, too: * any text, ? any character, [a-c] one of these' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand list" -l sort -d 'The order of the list' -r -f -a "created\t'By creation'
name\t'By name or address'
expires\t'By end, those without one last'"
complete -c gatepass -n "__fish_gatepass_using_subcommand list" -l limit -d 'At most so many' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand list" -l at -d 'The list as it will be at the beginning of a date (UTC), or at an RFC 3339 instant' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand list" -l store -d 'The store [default: gatepass/store.db in the user\'s data directory]' -r -F
complete -c gatepass -n "__fish_gatepass_using_subcommand list" -l key-file -d 'The file of the master key [default: gatepass/key in the user\'s configuration directory]' -r -F
complete -c gatepass -n "__fish_gatepass_using_subcommand list" -l account -d 'The account to work on, by its Account ID; with several, changes need it' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand list" -l format -d 'How data is written to stdout [default: table]' -r -f -a "table\t'Columns for people'
json\t'One JSON document'
jsonl\t'One JSON object a line'
csv\t'Comma-separated values'"
complete -c gatepass -n "__fish_gatepass_using_subcommand list" -l field -d 'Only this field of the JSON output, as plain text' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand list" -l color -d 'When to use colour [default: auto]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Everywhere'
never\t'Nowhere'"
complete -c gatepass -n "__fish_gatepass_using_subcommand list" -l all -d 'Those that were deleted, too'
complete -c gatepass -n "__fish_gatepass_using_subcommand list" -l json -d 'Short for --format json'
complete -c gatepass -n "__fish_gatepass_using_subcommand list" -s q -l quiet -d 'Ids only; of check, doctor and audit verify nothing when all is well'
complete -c gatepass -n "__fish_gatepass_using_subcommand list" -s y -l yes -d 'Don\'t ask, do it'
complete -c gatepass -n "__fish_gatepass_using_subcommand list" -s n -l dry-run -d 'Show what would happen, and change nothing'
complete -c gatepass -n "__fish_gatepass_using_subcommand list" -l accept-clock -d 'Believe a clock that is behind the store\'s last record'
complete -c gatepass -n "__fish_gatepass_using_subcommand list" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c gatepass -n "__fish_gatepass_using_subcommand list" -s V -l version -d 'Print version'
complete -c gatepass -n "__fish_gatepass_using_subcommand show" -l store -d 'The store [default: gatepass/store.db in the user\'s data directory]' -r -F
complete -c gatepass -n "__fish_gatepass_using_subcommand show" -l key-file -d 'The file of the master key [default: gatepass/key in the user\'s configuration directory]' -r -F
complete -c gatepass -n "__fish_gatepass_using_subcommand show" -l account -d 'The account to work on, by its Account ID; with several, changes need it' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand show" -l format -d 'How data is written to stdout [default: table]' -r -f -a "table\t'Columns for people'
json\t'One JSON document'
jsonl\t'One JSON object a line'
csv\t'Comma-separated values'"
complete -c gatepass -n "__fish_gatepass_using_subcommand show" -l field -d 'Only this field of the JSON output, as plain text' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand show" -l color -d 'When to use colour [default: auto]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Everywhere'
never\t'Nowhere'"
complete -c gatepass -n "__fish_gatepass_using_subcommand show" -l json -d 'Short for --format json'
complete -c gatepass -n "__fish_gatepass_using_subcommand show" -s q -l quiet -d 'Ids only; of check, doctor and audit verify nothing when all is well'
complete -c gatepass -n "__fish_gatepass_using_subcommand show" -s y -l yes -d 'Don\'t ask, do it'
complete -c gatepass -n "__fish_gatepass_using_subcommand show" -s n -l dry-run -d 'Show what would happen, and change nothing'
complete -c gatepass -n "__fish_gatepass_using_subcommand show" -l accept-clock -d 'Believe a clock that is behind the store\'s last record'
complete -c gatepass -n "__fish_gatepass_using_subcommand show" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c gatepass -n "__fish_gatepass_using_subcommand show" -s V -l version -d 'Print version'
complete -c gatepass -n "__fish_gatepass_using_subcommand edit" -l name -d 'A new name' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand edit" -l note -d 'A new note' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand edit" -l scope -d 'What a token is good for from now on, all of it; may be given several times, or hold several with spaces or commas' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand edit" -l limit -d 'How many requests a minute a token is good for, such as 600/min' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand edit" -l introspect -d 'Whether its holder may ask the gate whose secret another one is; only for account passcodes' -r -f -a "on\t''
off\t''"
complete -c gatepass -n "__fish_gatepass_using_subcommand edit" -l days -d 'For this many days of 24 hours, 1 to 365' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand edit" -l until -d 'Until the end of a date (UTC) or an RFC 3339 instant, within 365 days' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand edit" -l store -d 'The store [default: gatepass/store.db in the user\'s data directory]' -r -F
complete -c gatepass -n "__fish_gatepass_using_subcommand edit" -l key-file -d 'The file of the master key [default: gatepass/key in the user\'s configuration directory]' -r -F
complete -c gatepass -n "__fish_gatepass_using_subcommand edit" -l account -d 'The account to work on, by its Account ID; with several, changes need it' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand edit" -l format -d 'How data is written to stdout [default: table]' -r -f -a "table\t'Columns for people'
json\t'One JSON document'
jsonl\t'One JSON object a line'
csv\t'Comma-separated values'"
complete -c gatepass -n "__fish_gatepass_using_subcommand edit" -l field -d 'Only this field of the JSON output, as plain text' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand edit" -l color -d 'When to use colour [default: auto]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Everywhere'
never\t'Nowhere'"
complete -c gatepass -n "__fish_gatepass_using_subcommand edit" -l no-note -d 'Take the note away'
complete -c gatepass -n "__fish_gatepass_using_subcommand edit" -l no-limit -d 'Leave a token\'s limit to its app'
complete -c gatepass -n "__fish_gatepass_using_subcommand edit" -l infinite -d 'For ten years'
complete -c gatepass -n "__fish_gatepass_using_subcommand edit" -l forever -d 'Without an end'
complete -c gatepass -n "__fish_gatepass_using_subcommand edit" -l json -d 'Short for --format json'
complete -c gatepass -n "__fish_gatepass_using_subcommand edit" -s q -l quiet -d 'Ids only; of check, doctor and audit verify nothing when all is well'
complete -c gatepass -n "__fish_gatepass_using_subcommand edit" -s y -l yes -d 'Don\'t ask, do it'
complete -c gatepass -n "__fish_gatepass_using_subcommand edit" -s n -l dry-run -d 'Show what would happen, and change nothing'
complete -c gatepass -n "__fish_gatepass_using_subcommand edit" -l accept-clock -d 'Believe a clock that is behind the store\'s last record'
complete -c gatepass -n "__fish_gatepass_using_subcommand edit" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c gatepass -n "__fish_gatepass_using_subcommand edit" -s V -l version -d 'Print version'
complete -c gatepass -n "__fish_gatepass_using_subcommand delete" -l older-than -d 'With --expired, only those that expired at least so long ago, such as 30d' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand delete" -l store -d 'The store [default: gatepass/store.db in the user\'s data directory]' -r -F
complete -c gatepass -n "__fish_gatepass_using_subcommand delete" -l key-file -d 'The file of the master key [default: gatepass/key in the user\'s configuration directory]' -r -F
complete -c gatepass -n "__fish_gatepass_using_subcommand delete" -l account -d 'The account to work on, by its Account ID; with several, changes need it' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand delete" -l format -d 'How data is written to stdout [default: table]' -r -f -a "table\t'Columns for people'
json\t'One JSON document'
jsonl\t'One JSON object a line'
csv\t'Comma-separated values'"
complete -c gatepass -n "__fish_gatepass_using_subcommand delete" -l field -d 'Only this field of the JSON output, as plain text' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand delete" -l color -d 'When to use colour [default: auto]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Everywhere'
never\t'Nowhere'"
complete -c gatepass -n "__fish_gatepass_using_subcommand delete" -l expired -d 'All that have expired, of every kind'
complete -c gatepass -n "__fish_gatepass_using_subcommand delete" -l json -d 'Short for --format json'
complete -c gatepass -n "__fish_gatepass_using_subcommand delete" -s q -l quiet -d 'Ids only; of check, doctor and audit verify nothing when all is well'
complete -c gatepass -n "__fish_gatepass_using_subcommand delete" -s y -l yes -d 'Don\'t ask, do it'
complete -c gatepass -n "__fish_gatepass_using_subcommand delete" -s n -l dry-run -d 'Show what would happen, and change nothing'
complete -c gatepass -n "__fish_gatepass_using_subcommand delete" -l accept-clock -d 'Believe a clock that is behind the store\'s last record'
complete -c gatepass -n "__fish_gatepass_using_subcommand delete" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c gatepass -n "__fish_gatepass_using_subcommand delete" -s V -l version -d 'Print version'
complete -c gatepass -n "__fish_gatepass_using_subcommand grant-user" -l from -d 'A CSV file of many users' -r -F
complete -c gatepass -n "__fish_gatepass_using_subcommand grant-user" -l days -d 'For this many days of 24 hours, 1 to 365' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand grant-user" -l until -d 'Until the end of a date (UTC) or an RFC 3339 instant, within 365 days' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand grant-user" -l note -d 'A free text, shown in lists' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand grant-user" -l out -d 'Write the secret to this new file, readable by you alone, instead of showing it' -r -F
complete -c gatepass -n "__fish_gatepass_using_subcommand grant-user" -l store -d 'The store [default: gatepass/store.db in the user\'s data directory]' -r -F
complete -c gatepass -n "__fish_gatepass_using_subcommand grant-user" -l key-file -d 'The file of the master key [default: gatepass/key in the user\'s configuration directory]' -r -F
complete -c gatepass -n "__fish_gatepass_using_subcommand grant-user" -l account -d 'The account to work on, by its Account ID; with several, changes need it' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand grant-user" -l format -d 'How data is written to stdout [default: table]' -r -f -a "table\t'Columns for people'
json\t'One JSON document'
jsonl\t'One JSON object a line'
csv\t'Comma-separated values'"
complete -c gatepass -n "__fish_gatepass_using_subcommand grant-user" -l field -d 'Only this field of the JSON output, as plain text' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand grant-user" -l color -d 'When to use colour [default: auto]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Everywhere'
never\t'Nowhere'"
complete -c gatepass -n "__fish_gatepass_using_subcommand grant-user" -l infinite -d 'For ten years'
complete -c gatepass -n "__fish_gatepass_using_subcommand grant-user" -l copy -d 'Put the secret on the terminal\'s clipboard, too'
complete -c gatepass -n "__fish_gatepass_using_subcommand grant-user" -l json -d 'Short for --format json'
complete -c gatepass -n "__fish_gatepass_using_subcommand grant-user" -s q -l quiet -d 'Ids only; of check, doctor and audit verify nothing when all is well'
complete -c gatepass -n "__fish_gatepass_using_subcommand grant-user" -s y -l yes -d 'Don\'t ask, do it'
complete -c gatepass -n "__fish_gatepass_using_subcommand grant-user" -s n -l dry-run -d 'Show what would happen, and change nothing'
complete -c gatepass -n "__fish_gatepass_using_subcommand grant-user" -l accept-clock -d 'Believe a clock that is behind the store\'s last record'
complete -c gatepass -n "__fish_gatepass_using_subcommand grant-user" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c gatepass -n "__fish_gatepass_using_subcommand grant-user" -s V -l version -d 'Print version'
complete -c gatepass -n "__fish_gatepass_using_subcommand grant-app" -l district -d 'The district: its name, id or external id' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand grant-app" -l scope -d 'What is shared, such as read:students; may be given several times, or hold several with spaces or commas' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand grant-app" -l limit -d 'How many requests a minute a token is good for, such as 600/min, where that is not what its app says' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand grant-app" -l days -d 'For this many days of 24 hours, 1 to 365' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand grant-app" -l until -d 'Until the end of a date (UTC) or an RFC 3339 instant, within 365 days' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand grant-app" -l note -d 'A free text, shown in lists' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand grant-app" -l out -d 'Write the secret to this new file, readable by you alone, instead of showing it' -r -F
complete -c gatepass -n "__fish_gatepass_using_subcommand grant-app" -l store -d 'The store [default: gatepass/store.db in the user\'s data directory]' -r -F
complete -c gatepass -n "__fish_gatepass_using_subcommand grant-app" -l key-file -d 'The file of the master key [default: gatepass/key in the user\'s configuration directory]' -r -F
complete -c gatepass -n "__fish_gatepass_using_subcommand grant-app" -l account -d 'The account to work on, by its Account ID; with several, changes need it' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand grant-app" -l format -d 'How data is written to stdout [default: table]' -r -f -a "table\t'Columns for people'
json\t'One JSON document'
jsonl\t'One JSON object a line'
csv\t'Comma-separated values'"
complete -c gatepass -n "__fish_gatepass_using_subcommand grant-app" -l field -d 'Only this field of the JSON output, as plain text' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand grant-app" -l color -d 'When to use colour [default: auto]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Everywhere'
never\t'Nowhere'"
complete -c gatepass -n "__fish_gatepass_using_subcommand grant-app" -l infinite -d 'For ten years'
complete -c gatepass -n "__fish_gatepass_using_subcommand grant-app" -l forever -d 'Without an end'
complete -c gatepass -n "__fish_gatepass_using_subcommand grant-app" -l pickup -d 'Make no secret: the app makes it when it first asks for it, and nobody else sees it'
complete -c gatepass -n "__fish_gatepass_using_subcommand grant-app" -l copy -d 'Put the secret on the terminal\'s clipboard, too'
complete -c gatepass -n "__fish_gatepass_using_subcommand grant-app" -l json -d 'Short for --format json'
complete -c gatepass -n "__fish_gatepass_using_subcommand grant-app" -s q -l quiet -d 'Ids only; of check, doctor and audit verify nothing when all is well'
complete -c gatepass -n "__fish_gatepass_using_subcommand grant-app" -s y -l yes -d 'Don\'t ask, do it'
complete -c gatepass -n "__fish_gatepass_using_subcommand grant-app" -s n -l dry-run -d 'Show what would happen, and change nothing'
complete -c gatepass -n "__fish_gatepass_using_subcommand grant-app" -l accept-clock -d 'Believe a clock that is behind the store\'s last record'
complete -c gatepass -n "__fish_gatepass_using_subcommand grant-app" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c gatepass -n "__fish_gatepass_using_subcommand grant-app" -s V -l version -d 'Print version'
complete -c gatepass -n "__fish_gatepass_using_subcommand reset" -l overlap -d 'Let the old secret live on so long, such as 12h, 7d or 2w' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand reset" -l days -d 'For this many days of 24 hours, 1 to 365' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand reset" -l until -d 'Until the end of a date (UTC) or an RFC 3339 instant, within 365 days' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand reset" -l out -d 'Write the secret to this new file, readable by you alone, instead of showing it' -r -F
complete -c gatepass -n "__fish_gatepass_using_subcommand reset" -l store -d 'The store [default: gatepass/store.db in the user\'s data directory]' -r -F
complete -c gatepass -n "__fish_gatepass_using_subcommand reset" -l key-file -d 'The file of the master key [default: gatepass/key in the user\'s configuration directory]' -r -F
complete -c gatepass -n "__fish_gatepass_using_subcommand reset" -l account -d 'The account to work on, by its Account ID; with several, changes need it' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand reset" -l format -d 'How data is written to stdout [default: table]' -r -f -a "table\t'Columns for people'
json\t'One JSON document'
jsonl\t'One JSON object a line'
csv\t'Comma-separated values'"
complete -c gatepass -n "__fish_gatepass_using_subcommand reset" -l field -d 'Only this field of the JSON output, as plain text' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand reset" -l color -d 'When to use colour [default: auto]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Everywhere'
never\t'Nowhere'"
complete -c gatepass -n "__fish_gatepass_using_subcommand reset" -l until-used -d 'Let the old secret live on until the new one is used, or as long as --overlap says'
complete -c gatepass -n "__fish_gatepass_using_subcommand reset" -l infinite -d 'For ten years'
complete -c gatepass -n "__fish_gatepass_using_subcommand reset" -l forever -d 'Without an end'
complete -c gatepass -n "__fish_gatepass_using_subcommand reset" -l copy -d 'Put the secret on the terminal\'s clipboard, too'
complete -c gatepass -n "__fish_gatepass_using_subcommand reset" -l json -d 'Short for --format json'
complete -c gatepass -n "__fish_gatepass_using_subcommand reset" -s q -l quiet -d 'Ids only; of check, doctor and audit verify nothing when all is well'
complete -c gatepass -n "__fish_gatepass_using_subcommand reset" -s y -l yes -d 'Don\'t ask, do it'
complete -c gatepass -n "__fish_gatepass_using_subcommand reset" -s n -l dry-run -d 'Show what would happen, and change nothing'
complete -c gatepass -n "__fish_gatepass_using_subcommand reset" -l accept-clock -d 'Believe a clock that is behind the store\'s last record'
complete -c gatepass -n "__fish_gatepass_using_subcommand reset" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c gatepass -n "__fish_gatepass_using_subcommand reset" -s V -l version -d 'Print version'
complete -c gatepass -n "__fish_gatepass_using_subcommand revoke" -l reason -d 'Why: key-compromise, superseded, no-longer-needed or privilege-withdrawn' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand revoke" -l store -d 'The store [default: gatepass/store.db in the user\'s data directory]' -r -F
complete -c gatepass -n "__fish_gatepass_using_subcommand revoke" -l key-file -d 'The file of the master key [default: gatepass/key in the user\'s configuration directory]' -r -F
complete -c gatepass -n "__fish_gatepass_using_subcommand revoke" -l account -d 'The account to work on, by its Account ID; with several, changes need it' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand revoke" -l format -d 'How data is written to stdout [default: table]' -r -f -a "table\t'Columns for people'
json\t'One JSON document'
jsonl\t'One JSON object a line'
csv\t'Comma-separated values'"
complete -c gatepass -n "__fish_gatepass_using_subcommand revoke" -l field -d 'Only this field of the JSON output, as plain text' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand revoke" -l color -d 'When to use colour [default: auto]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Everywhere'
never\t'Nowhere'"
complete -c gatepass -n "__fish_gatepass_using_subcommand revoke" -l json -d 'Short for --format json'
complete -c gatepass -n "__fish_gatepass_using_subcommand revoke" -s q -l quiet -d 'Ids only; of check, doctor and audit verify nothing when all is well'
complete -c gatepass -n "__fish_gatepass_using_subcommand revoke" -s y -l yes -d 'Don\'t ask, do it'
complete -c gatepass -n "__fish_gatepass_using_subcommand revoke" -s n -l dry-run -d 'Show what would happen, and change nothing'
complete -c gatepass -n "__fish_gatepass_using_subcommand revoke" -l accept-clock -d 'Believe a clock that is behind the store\'s last record'
complete -c gatepass -n "__fish_gatepass_using_subcommand revoke" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c gatepass -n "__fish_gatepass_using_subcommand revoke" -s V -l version -d 'Print version'
complete -c gatepass -n "__fish_gatepass_using_subcommand verify" -l scope -d 'Demand this scope, such as read:students; may be given several times, or hold several with spaces or commas' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand verify" -l district -d 'Demand that it is good for this district: its name, id or external id' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand verify" -l app -d 'Demand that it belongs to this app: its name, id or client id' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand verify" -l region -d 'Decide for the API of this region: eu1, in1, sg1, us1, aps3 or mec1' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand verify" -l store -d 'The store [default: gatepass/store.db in the user\'s data directory]' -r -F
complete -c gatepass -n "__fish_gatepass_using_subcommand verify" -l key-file -d 'The file of the master key [default: gatepass/key in the user\'s configuration directory]' -r -F
complete -c gatepass -n "__fish_gatepass_using_subcommand verify" -l account -d 'The account to work on, by its Account ID; with several, changes need it' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand verify" -l format -d 'How data is written to stdout [default: table]' -r -f -a "table\t'Columns for people'
json\t'One JSON document'
jsonl\t'One JSON object a line'
csv\t'Comma-separated values'"
complete -c gatepass -n "__fish_gatepass_using_subcommand verify" -l field -d 'Only this field of the JSON output, as plain text' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand verify" -l color -d 'When to use colour [default: auto]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Everywhere'
never\t'Nowhere'"
complete -c gatepass -n "__fish_gatepass_using_subcommand verify" -l headers -d 'Read the header lines of one request, or the output of curl -v'
complete -c gatepass -n "__fish_gatepass_using_subcommand verify" -l legacy -d 'Read a key of old, from before there were tokens'
complete -c gatepass -n "__fish_gatepass_using_subcommand verify" -l json -d 'Short for --format json'
complete -c gatepass -n "__fish_gatepass_using_subcommand verify" -s q -l quiet -d 'Ids only; of check, doctor and audit verify nothing when all is well'
complete -c gatepass -n "__fish_gatepass_using_subcommand verify" -s y -l yes -d 'Don\'t ask, do it'
complete -c gatepass -n "__fish_gatepass_using_subcommand verify" -s n -l dry-run -d 'Show what would happen, and change nothing'
complete -c gatepass -n "__fish_gatepass_using_subcommand verify" -l accept-clock -d 'Believe a clock that is behind the store\'s last record'
complete -c gatepass -n "__fish_gatepass_using_subcommand verify" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c gatepass -n "__fish_gatepass_using_subcommand verify" -s V -l version -d 'Print version'
complete -c gatepass -n "__fish_gatepass_using_subcommand check" -l warn -d 'Warn of what expires within so many days' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand check" -l crit -d 'Call critical what expires within so many days, or has expired' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand check" -l store -d 'The store [default: gatepass/store.db in the user\'s data directory]' -r -F
complete -c gatepass -n "__fish_gatepass_using_subcommand check" -l key-file -d 'The file of the master key [default: gatepass/key in the user\'s configuration directory]' -r -F
complete -c gatepass -n "__fish_gatepass_using_subcommand check" -l account -d 'The account to work on, by its Account ID; with several, changes need it' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand check" -l format -d 'How data is written to stdout [default: table]' -r -f -a "table\t'Columns for people'
json\t'One JSON document'
jsonl\t'One JSON object a line'
csv\t'Comma-separated values'"
complete -c gatepass -n "__fish_gatepass_using_subcommand check" -l field -d 'Only this field of the JSON output, as plain text' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand check" -l color -d 'When to use colour [default: auto]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Everywhere'
never\t'Nowhere'"
complete -c gatepass -n "__fish_gatepass_using_subcommand check" -l json -d 'Short for --format json'
complete -c gatepass -n "__fish_gatepass_using_subcommand check" -s q -l quiet -d 'Ids only; of check, doctor and audit verify nothing when all is well'
complete -c gatepass -n "__fish_gatepass_using_subcommand check" -s y -l yes -d 'Don\'t ask, do it'
complete -c gatepass -n "__fish_gatepass_using_subcommand check" -s n -l dry-run -d 'Show what would happen, and change nothing'
complete -c gatepass -n "__fish_gatepass_using_subcommand check" -l accept-clock -d 'Believe a clock that is behind the store\'s last record'
complete -c gatepass -n "__fish_gatepass_using_subcommand check" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c gatepass -n "__fish_gatepass_using_subcommand check" -s V -l version -d 'Print version'
complete -c gatepass -n "__fish_gatepass_using_subcommand deliver" -l store -d 'The store [default: gatepass/store.db in the user\'s data directory]' -r -F
complete -c gatepass -n "__fish_gatepass_using_subcommand deliver" -l key-file -d 'The file of the master key [default: gatepass/key in the user\'s configuration directory]' -r -F
complete -c gatepass -n "__fish_gatepass_using_subcommand deliver" -l account -d 'The account to work on, by its Account ID; with several, changes need it' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand deliver" -l format -d 'How data is written to stdout [default: table]' -r -f -a "table\t'Columns for people'
json\t'One JSON document'
jsonl\t'One JSON object a line'
csv\t'Comma-separated values'"
complete -c gatepass -n "__fish_gatepass_using_subcommand deliver" -l field -d 'Only this field of the JSON output, as plain text' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand deliver" -l color -d 'When to use colour [default: auto]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Everywhere'
never\t'Nowhere'"
complete -c gatepass -n "__fish_gatepass_using_subcommand deliver" -l allow-private-webhooks -d 'Tell apps at private addresses, too, and over http'
complete -c gatepass -n "__fish_gatepass_using_subcommand deliver" -l json -d 'Short for --format json'
complete -c gatepass -n "__fish_gatepass_using_subcommand deliver" -s q -l quiet -d 'Ids only; of check, doctor and audit verify nothing when all is well'
complete -c gatepass -n "__fish_gatepass_using_subcommand deliver" -s y -l yes -d 'Don\'t ask, do it'
complete -c gatepass -n "__fish_gatepass_using_subcommand deliver" -s n -l dry-run -d 'Show what would happen, and change nothing'
complete -c gatepass -n "__fish_gatepass_using_subcommand deliver" -l accept-clock -d 'Believe a clock that is behind the store\'s last record'
complete -c gatepass -n "__fish_gatepass_using_subcommand deliver" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c gatepass -n "__fish_gatepass_using_subcommand deliver" -s V -l version -d 'Print version'
complete -c gatepass -n "__fish_gatepass_using_subcommand serve" -l listen -d 'Where to listen: HOST:PORT or unix:PATH [default: 127.0.0.1:8710]' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand serve" -l ops-listen -d 'Where to answer /healthz, /readyz and /metrics [default: 127.0.0.1:8711]' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand serve" -l region -d 'The region of the API: credentials of accounts elsewhere are refused' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand serve" -l trusted-proxy -d 'A network, or unix, whose X-Forwarded-* headers are believed; can be given several times' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand serve" -l profile -d 'The statuses to send: exact (200, 401, 403, 503), or full (429 and 410 as well) [default: exact]' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand serve" -l workers -d 'How many threads answer [default: one for each core]' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand serve" -l max-stale -d 'For how many seconds to answer from memory when the store is out of reach; 0 forbids it [default: 1]' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand serve" -l store -d 'The store [default: gatepass/store.db in the user\'s data directory]' -r -F
complete -c gatepass -n "__fish_gatepass_using_subcommand serve" -l key-file -d 'The file of the master key [default: gatepass/key in the user\'s configuration directory]' -r -F
complete -c gatepass -n "__fish_gatepass_using_subcommand serve" -l account -d 'The account to work on, by its Account ID; with several, changes need it' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand serve" -l format -d 'How data is written to stdout [default: table]' -r -f -a "table\t'Columns for people'
json\t'One JSON document'
jsonl\t'One JSON object a line'
csv\t'Comma-separated values'"
complete -c gatepass -n "__fish_gatepass_using_subcommand serve" -l field -d 'Only this field of the JSON output, as plain text' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand serve" -l color -d 'When to use colour [default: auto]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Everywhere'
never\t'Nowhere'"
complete -c gatepass -n "__fish_gatepass_using_subcommand serve" -l log-allowed -d 'Log what passes, too'
complete -c gatepass -n "__fish_gatepass_using_subcommand serve" -l allow-remote -d 'Listen to other machines: secrets then cross the network as they are, unless a tunnel hides them'
complete -c gatepass -n "__fish_gatepass_using_subcommand serve" -l no-deliver -d 'Leave it to `gatepass deliver` to tell apps of their tokens'
complete -c gatepass -n "__fish_gatepass_using_subcommand serve" -l allow-private-webhooks -d 'Tell apps at private addresses, too, and over http'
complete -c gatepass -n "__fish_gatepass_using_subcommand serve" -l json -d 'Short for --format json'
complete -c gatepass -n "__fish_gatepass_using_subcommand serve" -s q -l quiet -d 'Ids only; of check, doctor and audit verify nothing when all is well'
complete -c gatepass -n "__fish_gatepass_using_subcommand serve" -s y -l yes -d 'Don\'t ask, do it'
complete -c gatepass -n "__fish_gatepass_using_subcommand serve" -s n -l dry-run -d 'Show what would happen, and change nothing'
complete -c gatepass -n "__fish_gatepass_using_subcommand serve" -l accept-clock -d 'Believe a clock that is behind the store\'s last record'
complete -c gatepass -n "__fish_gatepass_using_subcommand serve" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c gatepass -n "__fish_gatepass_using_subcommand serve" -s V -l version -d 'Print version'
complete -c gatepass -n "__fish_gatepass_using_subcommand app; and not __fish_seen_subcommand_from add list show edit reset remove help" -l store -d 'The store [default: gatepass/store.db in the user\'s data directory]' -r -F
complete -c gatepass -n "__fish_gatepass_using_subcommand app; and not __fish_seen_subcommand_from add list show edit reset remove help" -l key-file -d 'The file of the master key [default: gatepass/key in the user\'s configuration directory]' -r -F
complete -c gatepass -n "__fish_gatepass_using_subcommand app; and not __fish_seen_subcommand_from add list show edit reset remove help" -l account -d 'The account to work on, by its Account ID; with several, changes need it' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand app; and not __fish_seen_subcommand_from add list show edit reset remove help" -l format -d 'How data is written to stdout [default: table]' -r -f -a "table\t'Columns for people'
json\t'One JSON document'
jsonl\t'One JSON object a line'
csv\t'Comma-separated values'"
complete -c gatepass -n "__fish_gatepass_using_subcommand app; and not __fish_seen_subcommand_from add list show edit reset remove help" -l field -d 'Only this field of the JSON output, as plain text' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand app; and not __fish_seen_subcommand_from add list show edit reset remove help" -l color -d 'When to use colour [default: auto]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Everywhere'
never\t'Nowhere'"
complete -c gatepass -n "__fish_gatepass_using_subcommand app; and not __fish_seen_subcommand_from add list show edit reset remove help" -l json -d 'Short for --format json'
complete -c gatepass -n "__fish_gatepass_using_subcommand app; and not __fish_seen_subcommand_from add list show edit reset remove help" -s q -l quiet -d 'Ids only; of check, doctor and audit verify nothing when all is well'
complete -c gatepass -n "__fish_gatepass_using_subcommand app; and not __fish_seen_subcommand_from add list show edit reset remove help" -s y -l yes -d 'Don\'t ask, do it'
complete -c gatepass -n "__fish_gatepass_using_subcommand app; and not __fish_seen_subcommand_from add list show edit reset remove help" -s n -l dry-run -d 'Show what would happen, and change nothing'
complete -c gatepass -n "__fish_gatepass_using_subcommand app; and not __fish_seen_subcommand_from add list show edit reset remove help" -l accept-clock -d 'Believe a clock that is behind the store\'s last record'
complete -c gatepass -n "__fish_gatepass_using_subcommand app; and not __fish_seen_subcommand_from add list show edit reset remove help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c gatepass -n "__fish_gatepass_using_subcommand app; and not __fish_seen_subcommand_from add list show edit reset remove help" -s V -l version -d 'Print version'
complete -c gatepass -n "__fish_gatepass_using_subcommand app; and not __fish_seen_subcommand_from add list show edit reset remove help" -f -a "add" -d 'Adds an app and shows its client secret once'
complete -c gatepass -n "__fish_gatepass_using_subcommand app; and not __fish_seen_subcommand_from add list show edit reset remove help" -f -a "list" -d 'Lists apps'
complete -c gatepass -n "__fish_gatepass_using_subcommand app; and not __fish_seen_subcommand_from add list show edit reset remove help" -f -a "show" -d 'Shows one app; never its client secret'
complete -c gatepass -n "__fish_gatepass_using_subcommand app; and not __fish_seen_subcommand_from add list show edit reset remove help" -f -a "edit" -d 'Changes an app; its ids and its client secret stay'
complete -c gatepass -n "__fish_gatepass_using_subcommand app; and not __fish_seen_subcommand_from add list show edit reset remove help" -f -a "reset" -d 'Gives an app a new client secret, shown once'
complete -c gatepass -n "__fish_gatepass_using_subcommand app; and not __fish_seen_subcommand_from add list show edit reset remove help" -f -a "remove" -d 'Removes an app; its name is free again'
complete -c gatepass -n "__fish_gatepass_using_subcommand app; and not __fish_seen_subcommand_from add list show edit reset remove help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c gatepass -n "__fish_gatepass_using_subcommand app; and __fish_seen_subcommand_from add" -l limit -d 'How many requests a minute each of its tokens is good for' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand app; and __fish_seen_subcommand_from add" -l legacy-key-file -d 'Import the key that the app has had so far from this file; - is stdin, or a question at a terminal' -r -F
complete -c gatepass -n "__fish_gatepass_using_subcommand app; and __fish_seen_subcommand_from add" -l out -d 'Write the secret to this new file, readable by you alone, instead of showing it' -r -F
complete -c gatepass -n "__fish_gatepass_using_subcommand app; and __fish_seen_subcommand_from add" -l store -d 'The store [default: gatepass/store.db in the user\'s data directory]' -r -F
complete -c gatepass -n "__fish_gatepass_using_subcommand app; and __fish_seen_subcommand_from add" -l key-file -d 'The file of the master key [default: gatepass/key in the user\'s configuration directory]' -r -F
complete -c gatepass -n "__fish_gatepass_using_subcommand app; and __fish_seen_subcommand_from add" -l account -d 'The account to work on, by its Account ID; with several, changes need it' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand app; and __fish_seen_subcommand_from add" -l format -d 'How data is written to stdout [default: table]' -r -f -a "table\t'Columns for people'
json\t'One JSON document'
jsonl\t'One JSON object a line'
csv\t'Comma-separated values'"
complete -c gatepass -n "__fish_gatepass_using_subcommand app; and __fish_seen_subcommand_from add" -l field -d 'Only this field of the JSON output, as plain text' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand app; and __fish_seen_subcommand_from add" -l color -d 'When to use colour [default: auto]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Everywhere'
never\t'Nowhere'"
complete -c gatepass -n "__fish_gatepass_using_subcommand app; and __fish_seen_subcommand_from add" -l allow-weak -d 'Import it even if it can be guessed (less than 112 bits)'
complete -c gatepass -n "__fish_gatepass_using_subcommand app; and __fish_seen_subcommand_from add" -l copy -d 'Put the secret on the terminal\'s clipboard, too'
complete -c gatepass -n "__fish_gatepass_using_subcommand app; and __fish_seen_subcommand_from add" -l json -d 'Short for --format json'
complete -c gatepass -n "__fish_gatepass_using_subcommand app; and __fish_seen_subcommand_from add" -s q -l quiet -d 'Ids only; of check, doctor and audit verify nothing when all is well'
complete -c gatepass -n "__fish_gatepass_using_subcommand app; and __fish_seen_subcommand_from add" -s y -l yes -d 'Don\'t ask, do it'
complete -c gatepass -n "__fish_gatepass_using_subcommand app; and __fish_seen_subcommand_from add" -s n -l dry-run -d 'Show what would happen, and change nothing'
complete -c gatepass -n "__fish_gatepass_using_subcommand app; and __fish_seen_subcommand_from add" -l accept-clock -d 'Believe a clock that is behind the store\'s last record'
complete -c gatepass -n "__fish_gatepass_using_subcommand app; and __fish_seen_subcommand_from add" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c gatepass -n "__fish_gatepass_using_subcommand app; and __fish_seen_subcommand_from add" -s V -l version -d 'Print version'
complete -c gatepass -n "__fish_gatepass_using_subcommand app; and __fish_seen_subcommand_from list" -l store -d 'The store [default: gatepass/store.db in the user\'s data directory]' -r -F
complete -c gatepass -n "__fish_gatepass_using_subcommand app; and __fish_seen_subcommand_from list" -l key-file -d 'The file of the master key [default: gatepass/key in the user\'s configuration directory]' -r -F
complete -c gatepass -n "__fish_gatepass_using_subcommand app; and __fish_seen_subcommand_from list" -l account -d 'The account to work on, by its Account ID; with several, changes need it' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand app; and __fish_seen_subcommand_from list" -l format -d 'How data is written to stdout [default: table]' -r -f -a "table\t'Columns for people'
json\t'One JSON document'
jsonl\t'One JSON object a line'
csv\t'Comma-separated values'"
complete -c gatepass -n "__fish_gatepass_using_subcommand app; and __fish_seen_subcommand_from list" -l field -d 'Only this field of the JSON output, as plain text' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand app; and __fish_seen_subcommand_from list" -l color -d 'When to use colour [default: auto]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Everywhere'
never\t'Nowhere'"
complete -c gatepass -n "__fish_gatepass_using_subcommand app; and __fish_seen_subcommand_from list" -l all -d 'Those that were removed, too'
complete -c gatepass -n "__fish_gatepass_using_subcommand app; and __fish_seen_subcommand_from list" -l json -d 'Short for --format json'
complete -c gatepass -n "__fish_gatepass_using_subcommand app; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Ids only; of check, doctor and audit verify nothing when all is well'
complete -c gatepass -n "__fish_gatepass_using_subcommand app; and __fish_seen_subcommand_from list" -s y -l yes -d 'Don\'t ask, do it'
complete -c gatepass -n "__fish_gatepass_using_subcommand app; and __fish_seen_subcommand_from list" -s n -l dry-run -d 'Show what would happen, and change nothing'
complete -c gatepass -n "__fish_gatepass_using_subcommand app; and __fish_seen_subcommand_from list" -l accept-clock -d 'Believe a clock that is behind the store\'s last record'
complete -c gatepass -n "__fish_gatepass_using_subcommand app; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c gatepass -n "__fish_gatepass_using_subcommand app; and __fish_seen_subcommand_from list" -s V -l version -d 'Print version'
complete -c gatepass -n "__fish_gatepass_using_subcommand app; and __fish_seen_subcommand_from show" -l store -d 'The store [default: gatepass/store.db in the user\'s data directory]' -r -F
complete -c gatepass -n "__fish_gatepass_using_subcommand app; and __fish_seen_subcommand_from show" -l key-file -d 'The file of the master key [default: gatepass/key in the user\'s configuration directory]' -r -F
complete -c gatepass -n "__fish_gatepass_using_subcommand app; and __fish_seen_subcommand_from show" -l account -d 'The account to work on, by its Account ID; with several, changes need it' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand app; and __fish_seen_subcommand_from show" -l format -d 'How data is written to stdout [default: table]' -r -f -a "table\t'Columns for people'
json\t'One JSON document'
jsonl\t'One JSON object a line'
csv\t'Comma-separated values'"
complete -c gatepass -n "__fish_gatepass_using_subcommand app; and __fish_seen_subcommand_from show" -l field -d 'Only this field of the JSON output, as plain text' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand app; and __fish_seen_subcommand_from show" -l color -d 'When to use colour [default: auto]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Everywhere'
never\t'Nowhere'"
complete -c gatepass -n "__fish_gatepass_using_subcommand app; and __fish_seen_subcommand_from show" -l json -d 'Short for --format json'
complete -c gatepass -n "__fish_gatepass_using_subcommand app; and __fish_seen_subcommand_from show" -s q -l quiet -d 'Ids only; of check, doctor and audit verify nothing when all is well'
complete -c gatepass -n "__fish_gatepass_using_subcommand app; and __fish_seen_subcommand_from show" -s y -l yes -d 'Don\'t ask, do it'
complete -c gatepass -n "__fish_gatepass_using_subcommand app; and __fish_seen_subcommand_from show" -s n -l dry-run -d 'Show what would happen, and change nothing'
complete -c gatepass -n "__fish_gatepass_using_subcommand app; and __fish_seen_subcommand_from show" -l accept-clock -d 'Believe a clock that is behind the store\'s last record'
complete -c gatepass -n "__fish_gatepass_using_subcommand app; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c gatepass -n "__fish_gatepass_using_subcommand app; and __fish_seen_subcommand_from show" -s V -l version -d 'Print version'
complete -c gatepass -n "__fish_gatepass_using_subcommand app; and __fish_seen_subcommand_from edit" -l name -d 'A new name' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand app; and __fish_seen_subcommand_from edit" -l limit -d 'How many requests a minute each of its tokens is good for, such as 200/min' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand app; and __fish_seen_subcommand_from edit" -l legacy-key-file -d 'Import the key that the app has had so far from this file; - is stdin, or a question at a terminal' -r -F
complete -c gatepass -n "__fish_gatepass_using_subcommand app; and __fish_seen_subcommand_from edit" -l webhook -d 'Tell it of its tokens at this https URL; the key that signs the messages is shown once' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand app; and __fish_seen_subcommand_from edit" -l out -d 'Write the secret to this new file, readable by you alone, instead of showing it' -r -F
complete -c gatepass -n "__fish_gatepass_using_subcommand app; and __fish_seen_subcommand_from edit" -l store -d 'The store [default: gatepass/store.db in the user\'s data directory]' -r -F
complete -c gatepass -n "__fish_gatepass_using_subcommand app; and __fish_seen_subcommand_from edit" -l key-file -d 'The file of the master key [default: gatepass/key in the user\'s configuration directory]' -r -F
complete -c gatepass -n "__fish_gatepass_using_subcommand app; and __fish_seen_subcommand_from edit" -l account -d 'The account to work on, by its Account ID; with several, changes need it' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand app; and __fish_seen_subcommand_from edit" -l format -d 'How data is written to stdout [default: table]' -r -f -a "table\t'Columns for people'
json\t'One JSON document'
jsonl\t'One JSON object a line'
csv\t'Comma-separated values'"
complete -c gatepass -n "__fish_gatepass_using_subcommand app; and __fish_seen_subcommand_from edit" -l field -d 'Only this field of the JSON output, as plain text' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand app; and __fish_seen_subcommand_from edit" -l color -d 'When to use colour [default: auto]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Everywhere'
never\t'Nowhere'"
complete -c gatepass -n "__fish_gatepass_using_subcommand app; and __fish_seen_subcommand_from edit" -l allow-weak -d 'Import it even if it can be guessed (less than 112 bits)'
complete -c gatepass -n "__fish_gatepass_using_subcommand app; and __fish_seen_subcommand_from edit" -l no-webhook -d 'Tell it nothing any more'
complete -c gatepass -n "__fish_gatepass_using_subcommand app; and __fish_seen_subcommand_from edit" -l rotate-webhook-key -d 'Sign what it is told with a new key, shown once; the old one ends at once'
complete -c gatepass -n "__fish_gatepass_using_subcommand app; and __fish_seen_subcommand_from edit" -l allow-private-webhooks -d 'Let the URL lead to a private address, or begin with http'
complete -c gatepass -n "__fish_gatepass_using_subcommand app; and __fish_seen_subcommand_from edit" -l copy -d 'Put the secret on the terminal\'s clipboard, too'
complete -c gatepass -n "__fish_gatepass_using_subcommand app; and __fish_seen_subcommand_from edit" -l json -d 'Short for --format json'
complete -c gatepass -n "__fish_gatepass_using_subcommand app; and __fish_seen_subcommand_from edit" -s q -l quiet -d 'Ids only; of check, doctor and audit verify nothing when all is well'
complete -c gatepass -n "__fish_gatepass_using_subcommand app; and __fish_seen_subcommand_from edit" -s y -l yes -d 'Don\'t ask, do it'
complete -c gatepass -n "__fish_gatepass_using_subcommand app; and __fish_seen_subcommand_from edit" -s n -l dry-run -d 'Show what would happen, and change nothing'
complete -c gatepass -n "__fish_gatepass_using_subcommand app; and __fish_seen_subcommand_from edit" -l accept-clock -d 'Believe a clock that is behind the store\'s last record'
complete -c gatepass -n "__fish_gatepass_using_subcommand app; and __fish_seen_subcommand_from edit" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c gatepass -n "__fish_gatepass_using_subcommand app; and __fish_seen_subcommand_from edit" -s V -l version -d 'Print version'
complete -c gatepass -n "__fish_gatepass_using_subcommand app; and __fish_seen_subcommand_from reset" -l overlap -d 'Let the old client secret live on so long, such as 12h, 7d or 2w' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand app; and __fish_seen_subcommand_from reset" -l out -d 'Write the secret to this new file, readable by you alone, instead of showing it' -r -F
complete -c gatepass -n "__fish_gatepass_using_subcommand app; and __fish_seen_subcommand_from reset" -l store -d 'The store [default: gatepass/store.db in the user\'s data directory]' -r -F
complete -c gatepass -n "__fish_gatepass_using_subcommand app; and __fish_seen_subcommand_from reset" -l key-file -d 'The file of the master key [default: gatepass/key in the user\'s configuration directory]' -r -F
complete -c gatepass -n "__fish_gatepass_using_subcommand app; and __fish_seen_subcommand_from reset" -l account -d 'The account to work on, by its Account ID; with several, changes need it' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand app; and __fish_seen_subcommand_from reset" -l format -d 'How data is written to stdout [default: table]' -r -f -a "table\t'Columns for people'
json\t'One JSON document'
jsonl\t'One JSON object a line'
csv\t'Comma-separated values'"
complete -c gatepass -n "__fish_gatepass_using_subcommand app; and __fish_seen_subcommand_from reset" -l field -d 'Only this field of the JSON output, as plain text' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand app; and __fish_seen_subcommand_from reset" -l color -d 'When to use colour [default: auto]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Everywhere'
never\t'Nowhere'"
complete -c gatepass -n "__fish_gatepass_using_subcommand app; and __fish_seen_subcommand_from reset" -l copy -d 'Put the secret on the terminal\'s clipboard, too'
complete -c gatepass -n "__fish_gatepass_using_subcommand app; and __fish_seen_subcommand_from reset" -l json -d 'Short for --format json'
complete -c gatepass -n "__fish_gatepass_using_subcommand app; and __fish_seen_subcommand_from reset" -s q -l quiet -d 'Ids only; of check, doctor and audit verify nothing when all is well'
complete -c gatepass -n "__fish_gatepass_using_subcommand app; and __fish_seen_subcommand_from reset" -s y -l yes -d 'Don\'t ask, do it'
complete -c gatepass -n "__fish_gatepass_using_subcommand app; and __fish_seen_subcommand_from reset" -s n -l dry-run -d 'Show what would happen, and change nothing'
complete -c gatepass -n "__fish_gatepass_using_subcommand app; and __fish_seen_subcommand_from reset" -l accept-clock -d 'Believe a clock that is behind the store\'s last record'
complete -c gatepass -n "__fish_gatepass_using_subcommand app; and __fish_seen_subcommand_from reset" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c gatepass -n "__fish_gatepass_using_subcommand app; and __fish_seen_subcommand_from reset" -s V -l version -d 'Print version'
complete -c gatepass -n "__fish_gatepass_using_subcommand app; and __fish_seen_subcommand_from remove" -l store -d 'The store [default: gatepass/store.db in the user\'s data directory]' -r -F
complete -c gatepass -n "__fish_gatepass_using_subcommand app; and __fish_seen_subcommand_from remove" -l key-file -d 'The file of the master key [default: gatepass/key in the user\'s configuration directory]' -r -F
complete -c gatepass -n "__fish_gatepass_using_subcommand app; and __fish_seen_subcommand_from remove" -l account -d 'The account to work on, by its Account ID; with several, changes need it' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand app; and __fish_seen_subcommand_from remove" -l format -d 'How data is written to stdout [default: table]' -r -f -a "table\t'Columns for people'
json\t'One JSON document'
jsonl\t'One JSON object a line'
csv\t'Comma-separated values'"
complete -c gatepass -n "__fish_gatepass_using_subcommand app; and __fish_seen_subcommand_from remove" -l field -d 'Only this field of the JSON output, as plain text' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand app; and __fish_seen_subcommand_from remove" -l color -d 'When to use colour [default: auto]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Everywhere'
never\t'Nowhere'"
complete -c gatepass -n "__fish_gatepass_using_subcommand app; and __fish_seen_subcommand_from remove" -l revoke-tokens -d 'Revoke what of its tokens is live, and its legacy key'
complete -c gatepass -n "__fish_gatepass_using_subcommand app; and __fish_seen_subcommand_from remove" -l json -d 'Short for --format json'
complete -c gatepass -n "__fish_gatepass_using_subcommand app; and __fish_seen_subcommand_from remove" -s q -l quiet -d 'Ids only; of check, doctor and audit verify nothing when all is well'
complete -c gatepass -n "__fish_gatepass_using_subcommand app; and __fish_seen_subcommand_from remove" -s y -l yes -d 'Don\'t ask, do it'
complete -c gatepass -n "__fish_gatepass_using_subcommand app; and __fish_seen_subcommand_from remove" -s n -l dry-run -d 'Show what would happen, and change nothing'
complete -c gatepass -n "__fish_gatepass_using_subcommand app; and __fish_seen_subcommand_from remove" -l accept-clock -d 'Believe a clock that is behind the store\'s last record'
complete -c gatepass -n "__fish_gatepass_using_subcommand app; and __fish_seen_subcommand_from remove" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c gatepass -n "__fish_gatepass_using_subcommand app; and __fish_seen_subcommand_from remove" -s V -l version -d 'Print version'
complete -c gatepass -n "__fish_gatepass_using_subcommand app; and __fish_seen_subcommand_from help" -f -a "add" -d 'Adds an app and shows its client secret once'
complete -c gatepass -n "__fish_gatepass_using_subcommand app; and __fish_seen_subcommand_from help" -f -a "list" -d 'Lists apps'
complete -c gatepass -n "__fish_gatepass_using_subcommand app; and __fish_seen_subcommand_from help" -f -a "show" -d 'Shows one app; never its client secret'
complete -c gatepass -n "__fish_gatepass_using_subcommand app; and __fish_seen_subcommand_from help" -f -a "edit" -d 'Changes an app; its ids and its client secret stay'
complete -c gatepass -n "__fish_gatepass_using_subcommand app; and __fish_seen_subcommand_from help" -f -a "reset" -d 'Gives an app a new client secret, shown once'
complete -c gatepass -n "__fish_gatepass_using_subcommand app; and __fish_seen_subcommand_from help" -f -a "remove" -d 'Removes an app; its name is free again'
complete -c gatepass -n "__fish_gatepass_using_subcommand app; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c gatepass -n "__fish_gatepass_using_subcommand district; and not __fish_seen_subcommand_from add list show edit remove connect help" -l store -d 'The store [default: gatepass/store.db in the user\'s data directory]' -r -F
complete -c gatepass -n "__fish_gatepass_using_subcommand district; and not __fish_seen_subcommand_from add list show edit remove connect help" -l key-file -d 'The file of the master key [default: gatepass/key in the user\'s configuration directory]' -r -F
complete -c gatepass -n "__fish_gatepass_using_subcommand district; and not __fish_seen_subcommand_from add list show edit remove connect help" -l account -d 'The account to work on, by its Account ID; with several, changes need it' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand district; and not __fish_seen_subcommand_from add list show edit remove connect help" -l format -d 'How data is written to stdout [default: table]' -r -f -a "table\t'Columns for people'
json\t'One JSON document'
jsonl\t'One JSON object a line'
csv\t'Comma-separated values'"
complete -c gatepass -n "__fish_gatepass_using_subcommand district; and not __fish_seen_subcommand_from add list show edit remove connect help" -l field -d 'Only this field of the JSON output, as plain text' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand district; and not __fish_seen_subcommand_from add list show edit remove connect help" -l color -d 'When to use colour [default: auto]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Everywhere'
never\t'Nowhere'"
complete -c gatepass -n "__fish_gatepass_using_subcommand district; and not __fish_seen_subcommand_from add list show edit remove connect help" -l json -d 'Short for --format json'
complete -c gatepass -n "__fish_gatepass_using_subcommand district; and not __fish_seen_subcommand_from add list show edit remove connect help" -s q -l quiet -d 'Ids only; of check, doctor and audit verify nothing when all is well'
complete -c gatepass -n "__fish_gatepass_using_subcommand district; and not __fish_seen_subcommand_from add list show edit remove connect help" -s y -l yes -d 'Don\'t ask, do it'
complete -c gatepass -n "__fish_gatepass_using_subcommand district; and not __fish_seen_subcommand_from add list show edit remove connect help" -s n -l dry-run -d 'Show what would happen, and change nothing'
complete -c gatepass -n "__fish_gatepass_using_subcommand district; and not __fish_seen_subcommand_from add list show edit remove connect help" -l accept-clock -d 'Believe a clock that is behind the store\'s last record'
complete -c gatepass -n "__fish_gatepass_using_subcommand district; and not __fish_seen_subcommand_from add list show edit remove connect help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c gatepass -n "__fish_gatepass_using_subcommand district; and not __fish_seen_subcommand_from add list show edit remove connect help" -s V -l version -d 'Print version'
complete -c gatepass -n "__fish_gatepass_using_subcommand district; and not __fish_seen_subcommand_from add list show edit remove connect help" -f -a "add" -d 'Adds a district'
complete -c gatepass -n "__fish_gatepass_using_subcommand district; and not __fish_seen_subcommand_from add list show edit remove connect help" -f -a "list" -d 'Lists districts'
complete -c gatepass -n "__fish_gatepass_using_subcommand district; and not __fish_seen_subcommand_from add list show edit remove connect help" -f -a "show" -d 'Shows one district'
complete -c gatepass -n "__fish_gatepass_using_subcommand district; and not __fish_seen_subcommand_from add list show edit remove connect help" -f -a "edit" -d 'Changes a district; its id stays'
complete -c gatepass -n "__fish_gatepass_using_subcommand district; and not __fish_seen_subcommand_from add list show edit remove connect help" -f -a "remove" -d 'Removes a district; its name and external id are free again'
complete -c gatepass -n "__fish_gatepass_using_subcommand district; and not __fish_seen_subcommand_from add list show edit remove connect help" -f -a "connect" -d 'Makes the tokens of several apps for a district, or for many from a CSV file, all or none'
complete -c gatepass -n "__fish_gatepass_using_subcommand district; and not __fish_seen_subcommand_from add list show edit remove connect help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c gatepass -n "__fish_gatepass_using_subcommand district; and __fish_seen_subcommand_from add" -l external-id -d 'What another system calls it, such as its number there' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand district; and __fish_seen_subcommand_from add" -l store -d 'The store [default: gatepass/store.db in the user\'s data directory]' -r -F
complete -c gatepass -n "__fish_gatepass_using_subcommand district; and __fish_seen_subcommand_from add" -l key-file -d 'The file of the master key [default: gatepass/key in the user\'s configuration directory]' -r -F
complete -c gatepass -n "__fish_gatepass_using_subcommand district; and __fish_seen_subcommand_from add" -l account -d 'The account to work on, by its Account ID; with several, changes need it' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand district; and __fish_seen_subcommand_from add" -l format -d 'How data is written to stdout [default: table]' -r -f -a "table\t'Columns for people'
json\t'One JSON document'
jsonl\t'One JSON object a line'
csv\t'Comma-separated values'"
complete -c gatepass -n "__fish_gatepass_using_subcommand district; and __fish_seen_subcommand_from add" -l field -d 'Only this field of the JSON output, as plain text' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand district; and __fish_seen_subcommand_from add" -l color -d 'When to use colour [default: auto]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Everywhere'
never\t'Nowhere'"
complete -c gatepass -n "__fish_gatepass_using_subcommand district; and __fish_seen_subcommand_from add" -l json -d 'Short for --format json'
complete -c gatepass -n "__fish_gatepass_using_subcommand district; and __fish_seen_subcommand_from add" -s q -l quiet -d 'Ids only; of check, doctor and audit verify nothing when all is well'
complete -c gatepass -n "__fish_gatepass_using_subcommand district; and __fish_seen_subcommand_from add" -s y -l yes -d 'Don\'t ask, do it'
complete -c gatepass -n "__fish_gatepass_using_subcommand district; and __fish_seen_subcommand_from add" -s n -l dry-run -d 'Show what would happen, and change nothing'
complete -c gatepass -n "__fish_gatepass_using_subcommand district; and __fish_seen_subcommand_from add" -l accept-clock -d 'Believe a clock that is behind the store\'s last record'
complete -c gatepass -n "__fish_gatepass_using_subcommand district; and __fish_seen_subcommand_from add" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c gatepass -n "__fish_gatepass_using_subcommand district; and __fish_seen_subcommand_from add" -s V -l version -d 'Print version'
complete -c gatepass -n "__fish_gatepass_using_subcommand district; and __fish_seen_subcommand_from list" -l store -d 'The store [default: gatepass/store.db in the user\'s data directory]' -r -F
complete -c gatepass -n "__fish_gatepass_using_subcommand district; and __fish_seen_subcommand_from list" -l key-file -d 'The file of the master key [default: gatepass/key in the user\'s configuration directory]' -r -F
complete -c gatepass -n "__fish_gatepass_using_subcommand district; and __fish_seen_subcommand_from list" -l account -d 'The account to work on, by its Account ID; with several, changes need it' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand district; and __fish_seen_subcommand_from list" -l format -d 'How data is written to stdout [default: table]' -r -f -a "table\t'Columns for people'
json\t'One JSON document'
jsonl\t'One JSON object a line'
csv\t'Comma-separated values'"
complete -c gatepass -n "__fish_gatepass_using_subcommand district; and __fish_seen_subcommand_from list" -l field -d 'Only this field of the JSON output, as plain text' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand district; and __fish_seen_subcommand_from list" -l color -d 'When to use colour [default: auto]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Everywhere'
never\t'Nowhere'"
complete -c gatepass -n "__fish_gatepass_using_subcommand district; and __fish_seen_subcommand_from list" -l all -d 'Those that were removed, too'
complete -c gatepass -n "__fish_gatepass_using_subcommand district; and __fish_seen_subcommand_from list" -l json -d 'Short for --format json'
complete -c gatepass -n "__fish_gatepass_using_subcommand district; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Ids only; of check, doctor and audit verify nothing when all is well'
complete -c gatepass -n "__fish_gatepass_using_subcommand district; and __fish_seen_subcommand_from list" -s y -l yes -d 'Don\'t ask, do it'
complete -c gatepass -n "__fish_gatepass_using_subcommand district; and __fish_seen_subcommand_from list" -s n -l dry-run -d 'Show what would happen, and change nothing'
complete -c gatepass -n "__fish_gatepass_using_subcommand district; and __fish_seen_subcommand_from list" -l accept-clock -d 'Believe a clock that is behind the store\'s last record'
complete -c gatepass -n "__fish_gatepass_using_subcommand district; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c gatepass -n "__fish_gatepass_using_subcommand district; and __fish_seen_subcommand_from list" -s V -l version -d 'Print version'
complete -c gatepass -n "__fish_gatepass_using_subcommand district; and __fish_seen_subcommand_from show" -l store -d 'The store [default: gatepass/store.db in the user\'s data directory]' -r -F
complete -c gatepass -n "__fish_gatepass_using_subcommand district; and __fish_seen_subcommand_from show" -l key-file -d 'The file of the master key [default: gatepass/key in the user\'s configuration directory]' -r -F
complete -c gatepass -n "__fish_gatepass_using_subcommand district; and __fish_seen_subcommand_from show" -l account -d 'The account to work on, by its Account ID; with several, changes need it' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand district; and __fish_seen_subcommand_from show" -l format -d 'How data is written to stdout [default: table]' -r -f -a "table\t'Columns for people'
json\t'One JSON document'
jsonl\t'One JSON object a line'
csv\t'Comma-separated values'"
complete -c gatepass -n "__fish_gatepass_using_subcommand district; and __fish_seen_subcommand_from show" -l field -d 'Only this field of the JSON output, as plain text' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand district; and __fish_seen_subcommand_from show" -l color -d 'When to use colour [default: auto]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Everywhere'
never\t'Nowhere'"
complete -c gatepass -n "__fish_gatepass_using_subcommand district; and __fish_seen_subcommand_from show" -l json -d 'Short for --format json'
complete -c gatepass -n "__fish_gatepass_using_subcommand district; and __fish_seen_subcommand_from show" -s q -l quiet -d 'Ids only; of check, doctor and audit verify nothing when all is well'
complete -c gatepass -n "__fish_gatepass_using_subcommand district; and __fish_seen_subcommand_from show" -s y -l yes -d 'Don\'t ask, do it'
complete -c gatepass -n "__fish_gatepass_using_subcommand district; and __fish_seen_subcommand_from show" -s n -l dry-run -d 'Show what would happen, and change nothing'
complete -c gatepass -n "__fish_gatepass_using_subcommand district; and __fish_seen_subcommand_from show" -l accept-clock -d 'Believe a clock that is behind the store\'s last record'
complete -c gatepass -n "__fish_gatepass_using_subcommand district; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c gatepass -n "__fish_gatepass_using_subcommand district; and __fish_seen_subcommand_from show" -s V -l version -d 'Print version'
complete -c gatepass -n "__fish_gatepass_using_subcommand district; and __fish_seen_subcommand_from edit" -l name -d 'A new name' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand district; and __fish_seen_subcommand_from edit" -l external-id -d 'What another system calls it' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand district; and __fish_seen_subcommand_from edit" -l store -d 'The store [default: gatepass/store.db in the user\'s data directory]' -r -F
complete -c gatepass -n "__fish_gatepass_using_subcommand district; and __fish_seen_subcommand_from edit" -l key-file -d 'The file of the master key [default: gatepass/key in the user\'s configuration directory]' -r -F
complete -c gatepass -n "__fish_gatepass_using_subcommand district; and __fish_seen_subcommand_from edit" -l account -d 'The account to work on, by its Account ID; with several, changes need it' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand district; and __fish_seen_subcommand_from edit" -l format -d 'How data is written to stdout [default: table]' -r -f -a "table\t'Columns for people'
json\t'One JSON document'
jsonl\t'One JSON object a line'
csv\t'Comma-separated values'"
complete -c gatepass -n "__fish_gatepass_using_subcommand district; and __fish_seen_subcommand_from edit" -l field -d 'Only this field of the JSON output, as plain text' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand district; and __fish_seen_subcommand_from edit" -l color -d 'When to use colour [default: auto]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Everywhere'
never\t'Nowhere'"
complete -c gatepass -n "__fish_gatepass_using_subcommand district; and __fish_seen_subcommand_from edit" -l no-external-id -d 'Take the external id away'
complete -c gatepass -n "__fish_gatepass_using_subcommand district; and __fish_seen_subcommand_from edit" -l json -d 'Short for --format json'
complete -c gatepass -n "__fish_gatepass_using_subcommand district; and __fish_seen_subcommand_from edit" -s q -l quiet -d 'Ids only; of check, doctor and audit verify nothing when all is well'
complete -c gatepass -n "__fish_gatepass_using_subcommand district; and __fish_seen_subcommand_from edit" -s y -l yes -d 'Don\'t ask, do it'
complete -c gatepass -n "__fish_gatepass_using_subcommand district; and __fish_seen_subcommand_from edit" -s n -l dry-run -d 'Show what would happen, and change nothing'
complete -c gatepass -n "__fish_gatepass_using_subcommand district; and __fish_seen_subcommand_from edit" -l accept-clock -d 'Believe a clock that is behind the store\'s last record'
complete -c gatepass -n "__fish_gatepass_using_subcommand district; and __fish_seen_subcommand_from edit" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c gatepass -n "__fish_gatepass_using_subcommand district; and __fish_seen_subcommand_from edit" -s V -l version -d 'Print version'
complete -c gatepass -n "__fish_gatepass_using_subcommand district; and __fish_seen_subcommand_from remove" -l store -d 'The store [default: gatepass/store.db in the user\'s data directory]' -r -F
complete -c gatepass -n "__fish_gatepass_using_subcommand district; and __fish_seen_subcommand_from remove" -l key-file -d 'The file of the master key [default: gatepass/key in the user\'s configuration directory]' -r -F
complete -c gatepass -n "__fish_gatepass_using_subcommand district; and __fish_seen_subcommand_from remove" -l account -d 'The account to work on, by its Account ID; with several, changes need it' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand district; and __fish_seen_subcommand_from remove" -l format -d 'How data is written to stdout [default: table]' -r -f -a "table\t'Columns for people'
json\t'One JSON document'
jsonl\t'One JSON object a line'
csv\t'Comma-separated values'"
complete -c gatepass -n "__fish_gatepass_using_subcommand district; and __fish_seen_subcommand_from remove" -l field -d 'Only this field of the JSON output, as plain text' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand district; and __fish_seen_subcommand_from remove" -l color -d 'When to use colour [default: auto]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Everywhere'
never\t'Nowhere'"
complete -c gatepass -n "__fish_gatepass_using_subcommand district; and __fish_seen_subcommand_from remove" -l revoke-tokens -d 'Revoke what of its tokens is live'
complete -c gatepass -n "__fish_gatepass_using_subcommand district; and __fish_seen_subcommand_from remove" -l json -d 'Short for --format json'
complete -c gatepass -n "__fish_gatepass_using_subcommand district; and __fish_seen_subcommand_from remove" -s q -l quiet -d 'Ids only; of check, doctor and audit verify nothing when all is well'
complete -c gatepass -n "__fish_gatepass_using_subcommand district; and __fish_seen_subcommand_from remove" -s y -l yes -d 'Don\'t ask, do it'
complete -c gatepass -n "__fish_gatepass_using_subcommand district; and __fish_seen_subcommand_from remove" -s n -l dry-run -d 'Show what would happen, and change nothing'
complete -c gatepass -n "__fish_gatepass_using_subcommand district; and __fish_seen_subcommand_from remove" -l accept-clock -d 'Believe a clock that is behind the store\'s last record'
complete -c gatepass -n "__fish_gatepass_using_subcommand district; and __fish_seen_subcommand_from remove" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c gatepass -n "__fish_gatepass_using_subcommand district; and __fish_seen_subcommand_from remove" -s V -l version -d 'Print version'
complete -c gatepass -n "__fish_gatepass_using_subcommand district; and __fish_seen_subcommand_from connect" -l from -d 'A CSV file of many districts' -r -F
complete -c gatepass -n "__fish_gatepass_using_subcommand district; and __fish_seen_subcommand_from connect" -l app -d 'An app that it is shared with: its name, id or client id; may be given several times' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand district; and __fish_seen_subcommand_from connect" -l scope -d 'What is shared, such as read:students; may be given several times, or hold several with spaces or commas' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand district; and __fish_seen_subcommand_from connect" -l limit -d 'How many requests a minute a token is good for, such as 600/min, where that is not what its app says' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand district; and __fish_seen_subcommand_from connect" -l days -d 'For this many days of 24 hours, 1 to 365' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand district; and __fish_seen_subcommand_from connect" -l until -d 'Until the end of a date (UTC) or an RFC 3339 instant, within 365 days' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand district; and __fish_seen_subcommand_from connect" -l out -d 'Write the secret to this new file, readable by you alone, instead of showing it' -r -F
complete -c gatepass -n "__fish_gatepass_using_subcommand district; and __fish_seen_subcommand_from connect" -l store -d 'The store [default: gatepass/store.db in the user\'s data directory]' -r -F
complete -c gatepass -n "__fish_gatepass_using_subcommand district; and __fish_seen_subcommand_from connect" -l key-file -d 'The file of the master key [default: gatepass/key in the user\'s configuration directory]' -r -F
complete -c gatepass -n "__fish_gatepass_using_subcommand district; and __fish_seen_subcommand_from connect" -l account -d 'The account to work on, by its Account ID; with several, changes need it' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand district; and __fish_seen_subcommand_from connect" -l format -d 'How data is written to stdout [default: table]' -r -f -a "table\t'Columns for people'
json\t'One JSON document'
jsonl\t'One JSON object a line'
csv\t'Comma-separated values'"
complete -c gatepass -n "__fish_gatepass_using_subcommand district; and __fish_seen_subcommand_from connect" -l field -d 'Only this field of the JSON output, as plain text' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand district; and __fish_seen_subcommand_from connect" -l color -d 'When to use colour [default: auto]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Everywhere'
never\t'Nowhere'"
complete -c gatepass -n "__fish_gatepass_using_subcommand district; and __fish_seen_subcommand_from connect" -l infinite -d 'For ten years'
complete -c gatepass -n "__fish_gatepass_using_subcommand district; and __fish_seen_subcommand_from connect" -l forever -d 'Without an end'
complete -c gatepass -n "__fish_gatepass_using_subcommand district; and __fish_seen_subcommand_from connect" -l pickup -d 'Make no secrets: each app makes its own when it first asks for it, and nobody else sees it'
complete -c gatepass -n "__fish_gatepass_using_subcommand district; and __fish_seen_subcommand_from connect" -l copy -d 'Put the secret on the terminal\'s clipboard, too'
complete -c gatepass -n "__fish_gatepass_using_subcommand district; and __fish_seen_subcommand_from connect" -l json -d 'Short for --format json'
complete -c gatepass -n "__fish_gatepass_using_subcommand district; and __fish_seen_subcommand_from connect" -s q -l quiet -d 'Ids only; of check, doctor and audit verify nothing when all is well'
complete -c gatepass -n "__fish_gatepass_using_subcommand district; and __fish_seen_subcommand_from connect" -s y -l yes -d 'Don\'t ask, do it'
complete -c gatepass -n "__fish_gatepass_using_subcommand district; and __fish_seen_subcommand_from connect" -s n -l dry-run -d 'Show what would happen, and change nothing'
complete -c gatepass -n "__fish_gatepass_using_subcommand district; and __fish_seen_subcommand_from connect" -l accept-clock -d 'Believe a clock that is behind the store\'s last record'
complete -c gatepass -n "__fish_gatepass_using_subcommand district; and __fish_seen_subcommand_from connect" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c gatepass -n "__fish_gatepass_using_subcommand district; and __fish_seen_subcommand_from connect" -s V -l version -d 'Print version'
complete -c gatepass -n "__fish_gatepass_using_subcommand district; and __fish_seen_subcommand_from help" -f -a "add" -d 'Adds a district'
complete -c gatepass -n "__fish_gatepass_using_subcommand district; and __fish_seen_subcommand_from help" -f -a "list" -d 'Lists districts'
complete -c gatepass -n "__fish_gatepass_using_subcommand district; and __fish_seen_subcommand_from help" -f -a "show" -d 'Shows one district'
complete -c gatepass -n "__fish_gatepass_using_subcommand district; and __fish_seen_subcommand_from help" -f -a "edit" -d 'Changes a district; its id stays'
complete -c gatepass -n "__fish_gatepass_using_subcommand district; and __fish_seen_subcommand_from help" -f -a "remove" -d 'Removes a district; its name and external id are free again'
complete -c gatepass -n "__fish_gatepass_using_subcommand district; and __fish_seen_subcommand_from help" -f -a "connect" -d 'Makes the tokens of several apps for a district, or for many from a CSV file, all or none'
complete -c gatepass -n "__fish_gatepass_using_subcommand district; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c gatepass -n "__fish_gatepass_using_subcommand legacy; and not __fish_seen_subcommand_from policy report help" -l store -d 'The store [default: gatepass/store.db in the user\'s data directory]' -r -F
complete -c gatepass -n "__fish_gatepass_using_subcommand legacy; and not __fish_seen_subcommand_from policy report help" -l key-file -d 'The file of the master key [default: gatepass/key in the user\'s configuration directory]' -r -F
complete -c gatepass -n "__fish_gatepass_using_subcommand legacy; and not __fish_seen_subcommand_from policy report help" -l account -d 'The account to work on, by its Account ID; with several, changes need it' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand legacy; and not __fish_seen_subcommand_from policy report help" -l format -d 'How data is written to stdout [default: table]' -r -f -a "table\t'Columns for people'
json\t'One JSON document'
jsonl\t'One JSON object a line'
csv\t'Comma-separated values'"
complete -c gatepass -n "__fish_gatepass_using_subcommand legacy; and not __fish_seen_subcommand_from policy report help" -l field -d 'Only this field of the JSON output, as plain text' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand legacy; and not __fish_seen_subcommand_from policy report help" -l color -d 'When to use colour [default: auto]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Everywhere'
never\t'Nowhere'"
complete -c gatepass -n "__fish_gatepass_using_subcommand legacy; and not __fish_seen_subcommand_from policy report help" -l json -d 'Short for --format json'
complete -c gatepass -n "__fish_gatepass_using_subcommand legacy; and not __fish_seen_subcommand_from policy report help" -s q -l quiet -d 'Ids only; of check, doctor and audit verify nothing when all is well'
complete -c gatepass -n "__fish_gatepass_using_subcommand legacy; and not __fish_seen_subcommand_from policy report help" -s y -l yes -d 'Don\'t ask, do it'
complete -c gatepass -n "__fish_gatepass_using_subcommand legacy; and not __fish_seen_subcommand_from policy report help" -s n -l dry-run -d 'Show what would happen, and change nothing'
complete -c gatepass -n "__fish_gatepass_using_subcommand legacy; and not __fish_seen_subcommand_from policy report help" -l accept-clock -d 'Believe a clock that is behind the store\'s last record'
complete -c gatepass -n "__fish_gatepass_using_subcommand legacy; and not __fish_seen_subcommand_from policy report help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c gatepass -n "__fish_gatepass_using_subcommand legacy; and not __fish_seen_subcommand_from policy report help" -s V -l version -d 'Print version'
complete -c gatepass -n "__fish_gatepass_using_subcommand legacy; and not __fish_seen_subcommand_from policy report help" -f -a "policy" -d 'Shows or sets when legacy keys are announced to end, when they are limited, and when they end'
complete -c gatepass -n "__fish_gatepass_using_subcommand legacy; and not __fish_seen_subcommand_from policy report help" -f -a "report" -d 'Tells which apps still depend on their legacy keys, and who blocks the sunset'
complete -c gatepass -n "__fish_gatepass_using_subcommand legacy; and not __fish_seen_subcommand_from policy report help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c gatepass -n "__fish_gatepass_using_subcommand legacy; and __fish_seen_subcommand_from policy" -l announce -d 'From when on every answer to such a key tells that it is deprecated: a date or an RFC 3339 instant' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand legacy; and __fish_seen_subcommand_from policy" -l limit-from -d 'From when on such keys are limited' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand legacy; and __fish_seen_subcommand_from policy" -l limit -d 'To how many requests a minute each is limited, such as 200/min' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand legacy; and __fish_seen_subcommand_from policy" -l sunset -d 'When such keys end' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand legacy; and __fish_seen_subcommand_from policy" -l link -d 'Where the programmers of apps read what to do; every answer tells it' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand legacy; and __fish_seen_subcommand_from policy" -l store -d 'The store [default: gatepass/store.db in the user\'s data directory]' -r -F
complete -c gatepass -n "__fish_gatepass_using_subcommand legacy; and __fish_seen_subcommand_from policy" -l key-file -d 'The file of the master key [default: gatepass/key in the user\'s configuration directory]' -r -F
complete -c gatepass -n "__fish_gatepass_using_subcommand legacy; and __fish_seen_subcommand_from policy" -l account -d 'The account to work on, by its Account ID; with several, changes need it' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand legacy; and __fish_seen_subcommand_from policy" -l format -d 'How data is written to stdout [default: table]' -r -f -a "table\t'Columns for people'
json\t'One JSON document'
jsonl\t'One JSON object a line'
csv\t'Comma-separated values'"
complete -c gatepass -n "__fish_gatepass_using_subcommand legacy; and __fish_seen_subcommand_from policy" -l field -d 'Only this field of the JSON output, as plain text' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand legacy; and __fish_seen_subcommand_from policy" -l color -d 'When to use colour [default: auto]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Everywhere'
never\t'Nowhere'"
complete -c gatepass -n "__fish_gatepass_using_subcommand legacy; and __fish_seen_subcommand_from policy" -l no-link -d 'Take the link away'
complete -c gatepass -n "__fish_gatepass_using_subcommand legacy; and __fish_seen_subcommand_from policy" -l clear -d 'Take the policy away: such keys are good without limit and without end'
complete -c gatepass -n "__fish_gatepass_using_subcommand legacy; and __fish_seen_subcommand_from policy" -l json -d 'Short for --format json'
complete -c gatepass -n "__fish_gatepass_using_subcommand legacy; and __fish_seen_subcommand_from policy" -s q -l quiet -d 'Ids only; of check, doctor and audit verify nothing when all is well'
complete -c gatepass -n "__fish_gatepass_using_subcommand legacy; and __fish_seen_subcommand_from policy" -s y -l yes -d 'Don\'t ask, do it'
complete -c gatepass -n "__fish_gatepass_using_subcommand legacy; and __fish_seen_subcommand_from policy" -s n -l dry-run -d 'Show what would happen, and change nothing'
complete -c gatepass -n "__fish_gatepass_using_subcommand legacy; and __fish_seen_subcommand_from policy" -l accept-clock -d 'Believe a clock that is behind the store\'s last record'
complete -c gatepass -n "__fish_gatepass_using_subcommand legacy; and __fish_seen_subcommand_from policy" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c gatepass -n "__fish_gatepass_using_subcommand legacy; and __fish_seen_subcommand_from policy" -s V -l version -d 'Print version'
complete -c gatepass -n "__fish_gatepass_using_subcommand legacy; and __fish_seen_subcommand_from report" -l days -d 'How many days to look back, today included: 1 to 400' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand legacy; and __fish_seen_subcommand_from report" -l store -d 'The store [default: gatepass/store.db in the user\'s data directory]' -r -F
complete -c gatepass -n "__fish_gatepass_using_subcommand legacy; and __fish_seen_subcommand_from report" -l key-file -d 'The file of the master key [default: gatepass/key in the user\'s configuration directory]' -r -F
complete -c gatepass -n "__fish_gatepass_using_subcommand legacy; and __fish_seen_subcommand_from report" -l account -d 'The account to work on, by its Account ID; with several, changes need it' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand legacy; and __fish_seen_subcommand_from report" -l format -d 'How data is written to stdout [default: table]' -r -f -a "table\t'Columns for people'
json\t'One JSON document'
jsonl\t'One JSON object a line'
csv\t'Comma-separated values'"
complete -c gatepass -n "__fish_gatepass_using_subcommand legacy; and __fish_seen_subcommand_from report" -l field -d 'Only this field of the JSON output, as plain text' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand legacy; and __fish_seen_subcommand_from report" -l color -d 'When to use colour [default: auto]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Everywhere'
never\t'Nowhere'"
complete -c gatepass -n "__fish_gatepass_using_subcommand legacy; and __fish_seen_subcommand_from report" -l json -d 'Short for --format json'
complete -c gatepass -n "__fish_gatepass_using_subcommand legacy; and __fish_seen_subcommand_from report" -s q -l quiet -d 'Ids only; of check, doctor and audit verify nothing when all is well'
complete -c gatepass -n "__fish_gatepass_using_subcommand legacy; and __fish_seen_subcommand_from report" -s y -l yes -d 'Don\'t ask, do it'
complete -c gatepass -n "__fish_gatepass_using_subcommand legacy; and __fish_seen_subcommand_from report" -s n -l dry-run -d 'Show what would happen, and change nothing'
complete -c gatepass -n "__fish_gatepass_using_subcommand legacy; and __fish_seen_subcommand_from report" -l accept-clock -d 'Believe a clock that is behind the store\'s last record'
complete -c gatepass -n "__fish_gatepass_using_subcommand legacy; and __fish_seen_subcommand_from report" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c gatepass -n "__fish_gatepass_using_subcommand legacy; and __fish_seen_subcommand_from report" -s V -l version -d 'Print version'
complete -c gatepass -n "__fish_gatepass_using_subcommand legacy; and __fish_seen_subcommand_from help" -f -a "policy" -d 'Shows or sets when legacy keys are announced to end, when they are limited, and when they end'
complete -c gatepass -n "__fish_gatepass_using_subcommand legacy; and __fish_seen_subcommand_from help" -f -a "report" -d 'Tells which apps still depend on their legacy keys, and who blocks the sunset'
complete -c gatepass -n "__fish_gatepass_using_subcommand legacy; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c gatepass -n "__fish_gatepass_using_subcommand account; and not __fish_seen_subcommand_from list show add edit help" -l store -d 'The store [default: gatepass/store.db in the user\'s data directory]' -r -F
complete -c gatepass -n "__fish_gatepass_using_subcommand account; and not __fish_seen_subcommand_from list show add edit help" -l key-file -d 'The file of the master key [default: gatepass/key in the user\'s configuration directory]' -r -F
complete -c gatepass -n "__fish_gatepass_using_subcommand account; and not __fish_seen_subcommand_from list show add edit help" -l account -d 'The account to work on, by its Account ID; with several, changes need it' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand account; and not __fish_seen_subcommand_from list show add edit help" -l format -d 'How data is written to stdout [default: table]' -r -f -a "table\t'Columns for people'
json\t'One JSON document'
jsonl\t'One JSON object a line'
csv\t'Comma-separated values'"
complete -c gatepass -n "__fish_gatepass_using_subcommand account; and not __fish_seen_subcommand_from list show add edit help" -l field -d 'Only this field of the JSON output, as plain text' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand account; and not __fish_seen_subcommand_from list show add edit help" -l color -d 'When to use colour [default: auto]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Everywhere'
never\t'Nowhere'"
complete -c gatepass -n "__fish_gatepass_using_subcommand account; and not __fish_seen_subcommand_from list show add edit help" -l json -d 'Short for --format json'
complete -c gatepass -n "__fish_gatepass_using_subcommand account; and not __fish_seen_subcommand_from list show add edit help" -s q -l quiet -d 'Ids only; of check, doctor and audit verify nothing when all is well'
complete -c gatepass -n "__fish_gatepass_using_subcommand account; and not __fish_seen_subcommand_from list show add edit help" -s y -l yes -d 'Don\'t ask, do it'
complete -c gatepass -n "__fish_gatepass_using_subcommand account; and not __fish_seen_subcommand_from list show add edit help" -s n -l dry-run -d 'Show what would happen, and change nothing'
complete -c gatepass -n "__fish_gatepass_using_subcommand account; and not __fish_seen_subcommand_from list show add edit help" -l accept-clock -d 'Believe a clock that is behind the store\'s last record'
complete -c gatepass -n "__fish_gatepass_using_subcommand account; and not __fish_seen_subcommand_from list show add edit help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c gatepass -n "__fish_gatepass_using_subcommand account; and not __fish_seen_subcommand_from list show add edit help" -s V -l version -d 'Print version'
complete -c gatepass -n "__fish_gatepass_using_subcommand account; and not __fish_seen_subcommand_from list show add edit help" -f -a "list" -d 'Lists the accounts'
complete -c gatepass -n "__fish_gatepass_using_subcommand account; and not __fish_seen_subcommand_from list show add edit help" -f -a "show" -d 'Shows one account'
complete -c gatepass -n "__fish_gatepass_using_subcommand account; and not __fish_seen_subcommand_from list show add edit help" -f -a "add" -d 'Adds an account'
complete -c gatepass -n "__fish_gatepass_using_subcommand account; and not __fish_seen_subcommand_from list show add edit help" -f -a "edit" -d 'Changes an account'
complete -c gatepass -n "__fish_gatepass_using_subcommand account; and not __fish_seen_subcommand_from list show add edit help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c gatepass -n "__fish_gatepass_using_subcommand account; and __fish_seen_subcommand_from list" -l store -d 'The store [default: gatepass/store.db in the user\'s data directory]' -r -F
complete -c gatepass -n "__fish_gatepass_using_subcommand account; and __fish_seen_subcommand_from list" -l key-file -d 'The file of the master key [default: gatepass/key in the user\'s configuration directory]' -r -F
complete -c gatepass -n "__fish_gatepass_using_subcommand account; and __fish_seen_subcommand_from list" -l account -d 'The account to work on, by its Account ID; with several, changes need it' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand account; and __fish_seen_subcommand_from list" -l format -d 'How data is written to stdout [default: table]' -r -f -a "table\t'Columns for people'
json\t'One JSON document'
jsonl\t'One JSON object a line'
csv\t'Comma-separated values'"
complete -c gatepass -n "__fish_gatepass_using_subcommand account; and __fish_seen_subcommand_from list" -l field -d 'Only this field of the JSON output, as plain text' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand account; and __fish_seen_subcommand_from list" -l color -d 'When to use colour [default: auto]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Everywhere'
never\t'Nowhere'"
complete -c gatepass -n "__fish_gatepass_using_subcommand account; and __fish_seen_subcommand_from list" -l json -d 'Short for --format json'
complete -c gatepass -n "__fish_gatepass_using_subcommand account; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Ids only; of check, doctor and audit verify nothing when all is well'
complete -c gatepass -n "__fish_gatepass_using_subcommand account; and __fish_seen_subcommand_from list" -s y -l yes -d 'Don\'t ask, do it'
complete -c gatepass -n "__fish_gatepass_using_subcommand account; and __fish_seen_subcommand_from list" -s n -l dry-run -d 'Show what would happen, and change nothing'
complete -c gatepass -n "__fish_gatepass_using_subcommand account; and __fish_seen_subcommand_from list" -l accept-clock -d 'Believe a clock that is behind the store\'s last record'
complete -c gatepass -n "__fish_gatepass_using_subcommand account; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c gatepass -n "__fish_gatepass_using_subcommand account; and __fish_seen_subcommand_from list" -s V -l version -d 'Print version'
complete -c gatepass -n "__fish_gatepass_using_subcommand account; and __fish_seen_subcommand_from show" -l store -d 'The store [default: gatepass/store.db in the user\'s data directory]' -r -F
complete -c gatepass -n "__fish_gatepass_using_subcommand account; and __fish_seen_subcommand_from show" -l key-file -d 'The file of the master key [default: gatepass/key in the user\'s configuration directory]' -r -F
complete -c gatepass -n "__fish_gatepass_using_subcommand account; and __fish_seen_subcommand_from show" -l account -d 'The account to work on, by its Account ID; with several, changes need it' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand account; and __fish_seen_subcommand_from show" -l format -d 'How data is written to stdout [default: table]' -r -f -a "table\t'Columns for people'
json\t'One JSON document'
jsonl\t'One JSON object a line'
csv\t'Comma-separated values'"
complete -c gatepass -n "__fish_gatepass_using_subcommand account; and __fish_seen_subcommand_from show" -l field -d 'Only this field of the JSON output, as plain text' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand account; and __fish_seen_subcommand_from show" -l color -d 'When to use colour [default: auto]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Everywhere'
never\t'Nowhere'"
complete -c gatepass -n "__fish_gatepass_using_subcommand account; and __fish_seen_subcommand_from show" -l json -d 'Short for --format json'
complete -c gatepass -n "__fish_gatepass_using_subcommand account; and __fish_seen_subcommand_from show" -s q -l quiet -d 'Ids only; of check, doctor and audit verify nothing when all is well'
complete -c gatepass -n "__fish_gatepass_using_subcommand account; and __fish_seen_subcommand_from show" -s y -l yes -d 'Don\'t ask, do it'
complete -c gatepass -n "__fish_gatepass_using_subcommand account; and __fish_seen_subcommand_from show" -s n -l dry-run -d 'Show what would happen, and change nothing'
complete -c gatepass -n "__fish_gatepass_using_subcommand account; and __fish_seen_subcommand_from show" -l accept-clock -d 'Believe a clock that is behind the store\'s last record'
complete -c gatepass -n "__fish_gatepass_using_subcommand account; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c gatepass -n "__fish_gatepass_using_subcommand account; and __fish_seen_subcommand_from show" -s V -l version -d 'Print version'
complete -c gatepass -n "__fish_gatepass_using_subcommand account; and __fish_seen_subcommand_from add" -l id -d 'Its Account ID, if it has one; else one is made' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand account; and __fish_seen_subcommand_from add" -l region -d 'Where its API runs: eu1, in1, sg1, us1, aps3 or mec1' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand account; and __fish_seen_subcommand_from add" -l require-user-passcode -d 'Whether to refuse account passcodes, so that every caller is a named user' -r -f -a "on\t''
off\t''"
complete -c gatepass -n "__fish_gatepass_using_subcommand account; and __fish_seen_subcommand_from add" -l store -d 'The store [default: gatepass/store.db in the user\'s data directory]' -r -F
complete -c gatepass -n "__fish_gatepass_using_subcommand account; and __fish_seen_subcommand_from add" -l key-file -d 'The file of the master key [default: gatepass/key in the user\'s configuration directory]' -r -F
complete -c gatepass -n "__fish_gatepass_using_subcommand account; and __fish_seen_subcommand_from add" -l account -d 'The account to work on, by its Account ID; with several, changes need it' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand account; and __fish_seen_subcommand_from add" -l format -d 'How data is written to stdout [default: table]' -r -f -a "table\t'Columns for people'
json\t'One JSON document'
jsonl\t'One JSON object a line'
csv\t'Comma-separated values'"
complete -c gatepass -n "__fish_gatepass_using_subcommand account; and __fish_seen_subcommand_from add" -l field -d 'Only this field of the JSON output, as plain text' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand account; and __fish_seen_subcommand_from add" -l color -d 'When to use colour [default: auto]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Everywhere'
never\t'Nowhere'"
complete -c gatepass -n "__fish_gatepass_using_subcommand account; and __fish_seen_subcommand_from add" -l json -d 'Short for --format json'
complete -c gatepass -n "__fish_gatepass_using_subcommand account; and __fish_seen_subcommand_from add" -s q -l quiet -d 'Ids only; of check, doctor and audit verify nothing when all is well'
complete -c gatepass -n "__fish_gatepass_using_subcommand account; and __fish_seen_subcommand_from add" -s y -l yes -d 'Don\'t ask, do it'
complete -c gatepass -n "__fish_gatepass_using_subcommand account; and __fish_seen_subcommand_from add" -s n -l dry-run -d 'Show what would happen, and change nothing'
complete -c gatepass -n "__fish_gatepass_using_subcommand account; and __fish_seen_subcommand_from add" -l accept-clock -d 'Believe a clock that is behind the store\'s last record'
complete -c gatepass -n "__fish_gatepass_using_subcommand account; and __fish_seen_subcommand_from add" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c gatepass -n "__fish_gatepass_using_subcommand account; and __fish_seen_subcommand_from add" -s V -l version -d 'Print version'
complete -c gatepass -n "__fish_gatepass_using_subcommand account; and __fish_seen_subcommand_from edit" -l name -d 'A new name' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand account; and __fish_seen_subcommand_from edit" -l region -d 'Where its API runs: eu1, in1, sg1, us1, aps3 or mec1' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand account; and __fish_seen_subcommand_from edit" -l require-user-passcode -d 'Whether to refuse account passcodes, so that every caller is a named user' -r -f -a "on\t''
off\t''"
complete -c gatepass -n "__fish_gatepass_using_subcommand account; and __fish_seen_subcommand_from edit" -l store -d 'The store [default: gatepass/store.db in the user\'s data directory]' -r -F
complete -c gatepass -n "__fish_gatepass_using_subcommand account; and __fish_seen_subcommand_from edit" -l key-file -d 'The file of the master key [default: gatepass/key in the user\'s configuration directory]' -r -F
complete -c gatepass -n "__fish_gatepass_using_subcommand account; and __fish_seen_subcommand_from edit" -l account -d 'The account to work on, by its Account ID; with several, changes need it' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand account; and __fish_seen_subcommand_from edit" -l format -d 'How data is written to stdout [default: table]' -r -f -a "table\t'Columns for people'
json\t'One JSON document'
jsonl\t'One JSON object a line'
csv\t'Comma-separated values'"
complete -c gatepass -n "__fish_gatepass_using_subcommand account; and __fish_seen_subcommand_from edit" -l field -d 'Only this field of the JSON output, as plain text' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand account; and __fish_seen_subcommand_from edit" -l color -d 'When to use colour [default: auto]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Everywhere'
never\t'Nowhere'"
complete -c gatepass -n "__fish_gatepass_using_subcommand account; and __fish_seen_subcommand_from edit" -l json -d 'Short for --format json'
complete -c gatepass -n "__fish_gatepass_using_subcommand account; and __fish_seen_subcommand_from edit" -s q -l quiet -d 'Ids only; of check, doctor and audit verify nothing when all is well'
complete -c gatepass -n "__fish_gatepass_using_subcommand account; and __fish_seen_subcommand_from edit" -s y -l yes -d 'Don\'t ask, do it'
complete -c gatepass -n "__fish_gatepass_using_subcommand account; and __fish_seen_subcommand_from edit" -s n -l dry-run -d 'Show what would happen, and change nothing'
complete -c gatepass -n "__fish_gatepass_using_subcommand account; and __fish_seen_subcommand_from edit" -l accept-clock -d 'Believe a clock that is behind the store\'s last record'
complete -c gatepass -n "__fish_gatepass_using_subcommand account; and __fish_seen_subcommand_from edit" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c gatepass -n "__fish_gatepass_using_subcommand account; and __fish_seen_subcommand_from edit" -s V -l version -d 'Print version'
complete -c gatepass -n "__fish_gatepass_using_subcommand account; and __fish_seen_subcommand_from help" -f -a "list" -d 'Lists the accounts'
complete -c gatepass -n "__fish_gatepass_using_subcommand account; and __fish_seen_subcommand_from help" -f -a "show" -d 'Shows one account'
complete -c gatepass -n "__fish_gatepass_using_subcommand account; and __fish_seen_subcommand_from help" -f -a "add" -d 'Adds an account'
complete -c gatepass -n "__fish_gatepass_using_subcommand account; and __fish_seen_subcommand_from help" -f -a "edit" -d 'Changes an account'
complete -c gatepass -n "__fish_gatepass_using_subcommand account; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c gatepass -n "__fish_gatepass_using_subcommand audit; and not __fish_seen_subcommand_from list verify checkpoint help" -l store -d 'The store [default: gatepass/store.db in the user\'s data directory]' -r -F
complete -c gatepass -n "__fish_gatepass_using_subcommand audit; and not __fish_seen_subcommand_from list verify checkpoint help" -l key-file -d 'The file of the master key [default: gatepass/key in the user\'s configuration directory]' -r -F
complete -c gatepass -n "__fish_gatepass_using_subcommand audit; and not __fish_seen_subcommand_from list verify checkpoint help" -l account -d 'The account to work on, by its Account ID; with several, changes need it' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand audit; and not __fish_seen_subcommand_from list verify checkpoint help" -l format -d 'How data is written to stdout [default: table]' -r -f -a "table\t'Columns for people'
json\t'One JSON document'
jsonl\t'One JSON object a line'
csv\t'Comma-separated values'"
complete -c gatepass -n "__fish_gatepass_using_subcommand audit; and not __fish_seen_subcommand_from list verify checkpoint help" -l field -d 'Only this field of the JSON output, as plain text' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand audit; and not __fish_seen_subcommand_from list verify checkpoint help" -l color -d 'When to use colour [default: auto]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Everywhere'
never\t'Nowhere'"
complete -c gatepass -n "__fish_gatepass_using_subcommand audit; and not __fish_seen_subcommand_from list verify checkpoint help" -l json -d 'Short for --format json'
complete -c gatepass -n "__fish_gatepass_using_subcommand audit; and not __fish_seen_subcommand_from list verify checkpoint help" -s q -l quiet -d 'Ids only; of check, doctor and audit verify nothing when all is well'
complete -c gatepass -n "__fish_gatepass_using_subcommand audit; and not __fish_seen_subcommand_from list verify checkpoint help" -s y -l yes -d 'Don\'t ask, do it'
complete -c gatepass -n "__fish_gatepass_using_subcommand audit; and not __fish_seen_subcommand_from list verify checkpoint help" -s n -l dry-run -d 'Show what would happen, and change nothing'
complete -c gatepass -n "__fish_gatepass_using_subcommand audit; and not __fish_seen_subcommand_from list verify checkpoint help" -l accept-clock -d 'Believe a clock that is behind the store\'s last record'
complete -c gatepass -n "__fish_gatepass_using_subcommand audit; and not __fish_seen_subcommand_from list verify checkpoint help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c gatepass -n "__fish_gatepass_using_subcommand audit; and not __fish_seen_subcommand_from list verify checkpoint help" -s V -l version -d 'Print version'
complete -c gatepass -n "__fish_gatepass_using_subcommand audit; and not __fish_seen_subcommand_from list verify checkpoint help" -f -a "list" -d 'Lists the changes, oldest first'
complete -c gatepass -n "__fish_gatepass_using_subcommand audit; and not __fish_seen_subcommand_from list verify checkpoint help" -f -a "verify" -d 'Verifies the whole log; names the first broken record'
complete -c gatepass -n "__fish_gatepass_using_subcommand audit; and not __fish_seen_subcommand_from list verify checkpoint help" -f -a "checkpoint" -d 'Prints where the log stands, as a sealed line to keep elsewhere'
complete -c gatepass -n "__fish_gatepass_using_subcommand audit; and not __fish_seen_subcommand_from list verify checkpoint help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c gatepass -n "__fish_gatepass_using_subcommand audit; and __fish_seen_subcommand_from list" -l of -d 'Only those of this credential (id, name, e-mail address, APP/DISTRICT), app, district or account (Account ID)' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand audit; and __fish_seen_subcommand_from list" -l store -d 'The store [default: gatepass/store.db in the user\'s data directory]' -r -F
complete -c gatepass -n "__fish_gatepass_using_subcommand audit; and __fish_seen_subcommand_from list" -l key-file -d 'The file of the master key [default: gatepass/key in the user\'s configuration directory]' -r -F
complete -c gatepass -n "__fish_gatepass_using_subcommand audit; and __fish_seen_subcommand_from list" -l account -d 'The account to work on, by its Account ID; with several, changes need it' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand audit; and __fish_seen_subcommand_from list" -l format -d 'How data is written to stdout [default: table]' -r -f -a "table\t'Columns for people'
json\t'One JSON document'
jsonl\t'One JSON object a line'
csv\t'Comma-separated values'"
complete -c gatepass -n "__fish_gatepass_using_subcommand audit; and __fish_seen_subcommand_from list" -l field -d 'Only this field of the JSON output, as plain text' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand audit; and __fish_seen_subcommand_from list" -l color -d 'When to use colour [default: auto]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Everywhere'
never\t'Nowhere'"
complete -c gatepass -n "__fish_gatepass_using_subcommand audit; and __fish_seen_subcommand_from list" -l json -d 'Short for --format json'
complete -c gatepass -n "__fish_gatepass_using_subcommand audit; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Ids only; of check, doctor and audit verify nothing when all is well'
complete -c gatepass -n "__fish_gatepass_using_subcommand audit; and __fish_seen_subcommand_from list" -s y -l yes -d 'Don\'t ask, do it'
complete -c gatepass -n "__fish_gatepass_using_subcommand audit; and __fish_seen_subcommand_from list" -s n -l dry-run -d 'Show what would happen, and change nothing'
complete -c gatepass -n "__fish_gatepass_using_subcommand audit; and __fish_seen_subcommand_from list" -l accept-clock -d 'Believe a clock that is behind the store\'s last record'
complete -c gatepass -n "__fish_gatepass_using_subcommand audit; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c gatepass -n "__fish_gatepass_using_subcommand audit; and __fish_seen_subcommand_from list" -s V -l version -d 'Print version'
complete -c gatepass -n "__fish_gatepass_using_subcommand audit; and __fish_seen_subcommand_from verify" -l against -d 'A file with a checkpoint: prove that the log still extends it' -r -F
complete -c gatepass -n "__fish_gatepass_using_subcommand audit; and __fish_seen_subcommand_from verify" -l store -d 'The store [default: gatepass/store.db in the user\'s data directory]' -r -F
complete -c gatepass -n "__fish_gatepass_using_subcommand audit; and __fish_seen_subcommand_from verify" -l key-file -d 'The file of the master key [default: gatepass/key in the user\'s configuration directory]' -r -F
complete -c gatepass -n "__fish_gatepass_using_subcommand audit; and __fish_seen_subcommand_from verify" -l account -d 'The account to work on, by its Account ID; with several, changes need it' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand audit; and __fish_seen_subcommand_from verify" -l format -d 'How data is written to stdout [default: table]' -r -f -a "table\t'Columns for people'
json\t'One JSON document'
jsonl\t'One JSON object a line'
csv\t'Comma-separated values'"
complete -c gatepass -n "__fish_gatepass_using_subcommand audit; and __fish_seen_subcommand_from verify" -l field -d 'Only this field of the JSON output, as plain text' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand audit; and __fish_seen_subcommand_from verify" -l color -d 'When to use colour [default: auto]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Everywhere'
never\t'Nowhere'"
complete -c gatepass -n "__fish_gatepass_using_subcommand audit; and __fish_seen_subcommand_from verify" -l json -d 'Short for --format json'
complete -c gatepass -n "__fish_gatepass_using_subcommand audit; and __fish_seen_subcommand_from verify" -s q -l quiet -d 'Ids only; of check, doctor and audit verify nothing when all is well'
complete -c gatepass -n "__fish_gatepass_using_subcommand audit; and __fish_seen_subcommand_from verify" -s y -l yes -d 'Don\'t ask, do it'
complete -c gatepass -n "__fish_gatepass_using_subcommand audit; and __fish_seen_subcommand_from verify" -s n -l dry-run -d 'Show what would happen, and change nothing'
complete -c gatepass -n "__fish_gatepass_using_subcommand audit; and __fish_seen_subcommand_from verify" -l accept-clock -d 'Believe a clock that is behind the store\'s last record'
complete -c gatepass -n "__fish_gatepass_using_subcommand audit; and __fish_seen_subcommand_from verify" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c gatepass -n "__fish_gatepass_using_subcommand audit; and __fish_seen_subcommand_from verify" -s V -l version -d 'Print version'
complete -c gatepass -n "__fish_gatepass_using_subcommand audit; and __fish_seen_subcommand_from checkpoint" -l store -d 'The store [default: gatepass/store.db in the user\'s data directory]' -r -F
complete -c gatepass -n "__fish_gatepass_using_subcommand audit; and __fish_seen_subcommand_from checkpoint" -l key-file -d 'The file of the master key [default: gatepass/key in the user\'s configuration directory]' -r -F
complete -c gatepass -n "__fish_gatepass_using_subcommand audit; and __fish_seen_subcommand_from checkpoint" -l account -d 'The account to work on, by its Account ID; with several, changes need it' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand audit; and __fish_seen_subcommand_from checkpoint" -l format -d 'How data is written to stdout [default: table]' -r -f -a "table\t'Columns for people'
json\t'One JSON document'
jsonl\t'One JSON object a line'
csv\t'Comma-separated values'"
complete -c gatepass -n "__fish_gatepass_using_subcommand audit; and __fish_seen_subcommand_from checkpoint" -l field -d 'Only this field of the JSON output, as plain text' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand audit; and __fish_seen_subcommand_from checkpoint" -l color -d 'When to use colour [default: auto]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Everywhere'
never\t'Nowhere'"
complete -c gatepass -n "__fish_gatepass_using_subcommand audit; and __fish_seen_subcommand_from checkpoint" -l json -d 'Short for --format json'
complete -c gatepass -n "__fish_gatepass_using_subcommand audit; and __fish_seen_subcommand_from checkpoint" -s q -l quiet -d 'Ids only; of check, doctor and audit verify nothing when all is well'
complete -c gatepass -n "__fish_gatepass_using_subcommand audit; and __fish_seen_subcommand_from checkpoint" -s y -l yes -d 'Don\'t ask, do it'
complete -c gatepass -n "__fish_gatepass_using_subcommand audit; and __fish_seen_subcommand_from checkpoint" -s n -l dry-run -d 'Show what would happen, and change nothing'
complete -c gatepass -n "__fish_gatepass_using_subcommand audit; and __fish_seen_subcommand_from checkpoint" -l accept-clock -d 'Believe a clock that is behind the store\'s last record'
complete -c gatepass -n "__fish_gatepass_using_subcommand audit; and __fish_seen_subcommand_from checkpoint" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c gatepass -n "__fish_gatepass_using_subcommand audit; and __fish_seen_subcommand_from checkpoint" -s V -l version -d 'Print version'
complete -c gatepass -n "__fish_gatepass_using_subcommand audit; and __fish_seen_subcommand_from help" -f -a "list" -d 'Lists the changes, oldest first'
complete -c gatepass -n "__fish_gatepass_using_subcommand audit; and __fish_seen_subcommand_from help" -f -a "verify" -d 'Verifies the whole log; names the first broken record'
complete -c gatepass -n "__fish_gatepass_using_subcommand audit; and __fish_seen_subcommand_from help" -f -a "checkpoint" -d 'Prints where the log stands, as a sealed line to keep elsewhere'
complete -c gatepass -n "__fish_gatepass_using_subcommand audit; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c gatepass -n "__fish_gatepass_using_subcommand doctor" -l store -d 'The store [default: gatepass/store.db in the user\'s data directory]' -r -F
complete -c gatepass -n "__fish_gatepass_using_subcommand doctor" -l key-file -d 'The file of the master key [default: gatepass/key in the user\'s configuration directory]' -r -F
complete -c gatepass -n "__fish_gatepass_using_subcommand doctor" -l account -d 'The account to work on, by its Account ID; with several, changes need it' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand doctor" -l format -d 'How data is written to stdout [default: table]' -r -f -a "table\t'Columns for people'
json\t'One JSON document'
jsonl\t'One JSON object a line'
csv\t'Comma-separated values'"
complete -c gatepass -n "__fish_gatepass_using_subcommand doctor" -l field -d 'Only this field of the JSON output, as plain text' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand doctor" -l color -d 'When to use colour [default: auto]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Everywhere'
never\t'Nowhere'"
complete -c gatepass -n "__fish_gatepass_using_subcommand doctor" -l json -d 'Short for --format json'
complete -c gatepass -n "__fish_gatepass_using_subcommand doctor" -s q -l quiet -d 'Ids only; of check, doctor and audit verify nothing when all is well'
complete -c gatepass -n "__fish_gatepass_using_subcommand doctor" -s y -l yes -d 'Don\'t ask, do it'
complete -c gatepass -n "__fish_gatepass_using_subcommand doctor" -s n -l dry-run -d 'Show what would happen, and change nothing'
complete -c gatepass -n "__fish_gatepass_using_subcommand doctor" -l accept-clock -d 'Believe a clock that is behind the store\'s last record'
complete -c gatepass -n "__fish_gatepass_using_subcommand doctor" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c gatepass -n "__fish_gatepass_using_subcommand doctor" -s V -l version -d 'Print version'
complete -c gatepass -n "__fish_gatepass_using_subcommand key; and not __fish_seen_subcommand_from export import help" -l store -d 'The store [default: gatepass/store.db in the user\'s data directory]' -r -F
complete -c gatepass -n "__fish_gatepass_using_subcommand key; and not __fish_seen_subcommand_from export import help" -l key-file -d 'The file of the master key [default: gatepass/key in the user\'s configuration directory]' -r -F
complete -c gatepass -n "__fish_gatepass_using_subcommand key; and not __fish_seen_subcommand_from export import help" -l account -d 'The account to work on, by its Account ID; with several, changes need it' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand key; and not __fish_seen_subcommand_from export import help" -l format -d 'How data is written to stdout [default: table]' -r -f -a "table\t'Columns for people'
json\t'One JSON document'
jsonl\t'One JSON object a line'
csv\t'Comma-separated values'"
complete -c gatepass -n "__fish_gatepass_using_subcommand key; and not __fish_seen_subcommand_from export import help" -l field -d 'Only this field of the JSON output, as plain text' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand key; and not __fish_seen_subcommand_from export import help" -l color -d 'When to use colour [default: auto]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Everywhere'
never\t'Nowhere'"
complete -c gatepass -n "__fish_gatepass_using_subcommand key; and not __fish_seen_subcommand_from export import help" -l json -d 'Short for --format json'
complete -c gatepass -n "__fish_gatepass_using_subcommand key; and not __fish_seen_subcommand_from export import help" -s q -l quiet -d 'Ids only; of check, doctor and audit verify nothing when all is well'
complete -c gatepass -n "__fish_gatepass_using_subcommand key; and not __fish_seen_subcommand_from export import help" -s y -l yes -d 'Don\'t ask, do it'
complete -c gatepass -n "__fish_gatepass_using_subcommand key; and not __fish_seen_subcommand_from export import help" -s n -l dry-run -d 'Show what would happen, and change nothing'
complete -c gatepass -n "__fish_gatepass_using_subcommand key; and not __fish_seen_subcommand_from export import help" -l accept-clock -d 'Believe a clock that is behind the store\'s last record'
complete -c gatepass -n "__fish_gatepass_using_subcommand key; and not __fish_seen_subcommand_from export import help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c gatepass -n "__fish_gatepass_using_subcommand key; and not __fish_seen_subcommand_from export import help" -s V -l version -d 'Print version'
complete -c gatepass -n "__fish_gatepass_using_subcommand key; and not __fish_seen_subcommand_from export import help" -f -a "export" -d 'Copies the key, to a new file or to stdout'
complete -c gatepass -n "__fish_gatepass_using_subcommand key; and not __fish_seen_subcommand_from export import help" -f -a "import" -d 'Brings a copy back to where the key belongs'
complete -c gatepass -n "__fish_gatepass_using_subcommand key; and not __fish_seen_subcommand_from export import help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c gatepass -n "__fish_gatepass_using_subcommand key; and __fish_seen_subcommand_from export" -l out -d 'A new file, readable by you alone' -r -F
complete -c gatepass -n "__fish_gatepass_using_subcommand key; and __fish_seen_subcommand_from export" -l store -d 'The store [default: gatepass/store.db in the user\'s data directory]' -r -F
complete -c gatepass -n "__fish_gatepass_using_subcommand key; and __fish_seen_subcommand_from export" -l key-file -d 'The file of the master key [default: gatepass/key in the user\'s configuration directory]' -r -F
complete -c gatepass -n "__fish_gatepass_using_subcommand key; and __fish_seen_subcommand_from export" -l account -d 'The account to work on, by its Account ID; with several, changes need it' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand key; and __fish_seen_subcommand_from export" -l format -d 'How data is written to stdout [default: table]' -r -f -a "table\t'Columns for people'
json\t'One JSON document'
jsonl\t'One JSON object a line'
csv\t'Comma-separated values'"
complete -c gatepass -n "__fish_gatepass_using_subcommand key; and __fish_seen_subcommand_from export" -l field -d 'Only this field of the JSON output, as plain text' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand key; and __fish_seen_subcommand_from export" -l color -d 'When to use colour [default: auto]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Everywhere'
never\t'Nowhere'"
complete -c gatepass -n "__fish_gatepass_using_subcommand key; and __fish_seen_subcommand_from export" -l json -d 'Short for --format json'
complete -c gatepass -n "__fish_gatepass_using_subcommand key; and __fish_seen_subcommand_from export" -s q -l quiet -d 'Ids only; of check, doctor and audit verify nothing when all is well'
complete -c gatepass -n "__fish_gatepass_using_subcommand key; and __fish_seen_subcommand_from export" -s y -l yes -d 'Don\'t ask, do it'
complete -c gatepass -n "__fish_gatepass_using_subcommand key; and __fish_seen_subcommand_from export" -s n -l dry-run -d 'Show what would happen, and change nothing'
complete -c gatepass -n "__fish_gatepass_using_subcommand key; and __fish_seen_subcommand_from export" -l accept-clock -d 'Believe a clock that is behind the store\'s last record'
complete -c gatepass -n "__fish_gatepass_using_subcommand key; and __fish_seen_subcommand_from export" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c gatepass -n "__fish_gatepass_using_subcommand key; and __fish_seen_subcommand_from export" -s V -l version -d 'Print version'
complete -c gatepass -n "__fish_gatepass_using_subcommand key; and __fish_seen_subcommand_from import" -l store -d 'The store [default: gatepass/store.db in the user\'s data directory]' -r -F
complete -c gatepass -n "__fish_gatepass_using_subcommand key; and __fish_seen_subcommand_from import" -l key-file -d 'The file of the master key [default: gatepass/key in the user\'s configuration directory]' -r -F
complete -c gatepass -n "__fish_gatepass_using_subcommand key; and __fish_seen_subcommand_from import" -l account -d 'The account to work on, by its Account ID; with several, changes need it' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand key; and __fish_seen_subcommand_from import" -l format -d 'How data is written to stdout [default: table]' -r -f -a "table\t'Columns for people'
json\t'One JSON document'
jsonl\t'One JSON object a line'
csv\t'Comma-separated values'"
complete -c gatepass -n "__fish_gatepass_using_subcommand key; and __fish_seen_subcommand_from import" -l field -d 'Only this field of the JSON output, as plain text' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand key; and __fish_seen_subcommand_from import" -l color -d 'When to use colour [default: auto]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Everywhere'
never\t'Nowhere'"
complete -c gatepass -n "__fish_gatepass_using_subcommand key; and __fish_seen_subcommand_from import" -l json -d 'Short for --format json'
complete -c gatepass -n "__fish_gatepass_using_subcommand key; and __fish_seen_subcommand_from import" -s q -l quiet -d 'Ids only; of check, doctor and audit verify nothing when all is well'
complete -c gatepass -n "__fish_gatepass_using_subcommand key; and __fish_seen_subcommand_from import" -s y -l yes -d 'Don\'t ask, do it'
complete -c gatepass -n "__fish_gatepass_using_subcommand key; and __fish_seen_subcommand_from import" -s n -l dry-run -d 'Show what would happen, and change nothing'
complete -c gatepass -n "__fish_gatepass_using_subcommand key; and __fish_seen_subcommand_from import" -l accept-clock -d 'Believe a clock that is behind the store\'s last record'
complete -c gatepass -n "__fish_gatepass_using_subcommand key; and __fish_seen_subcommand_from import" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c gatepass -n "__fish_gatepass_using_subcommand key; and __fish_seen_subcommand_from import" -s V -l version -d 'Print version'
complete -c gatepass -n "__fish_gatepass_using_subcommand key; and __fish_seen_subcommand_from help" -f -a "export" -d 'Copies the key, to a new file or to stdout'
complete -c gatepass -n "__fish_gatepass_using_subcommand key; and __fish_seen_subcommand_from help" -f -a "import" -d 'Brings a copy back to where the key belongs'
complete -c gatepass -n "__fish_gatepass_using_subcommand key; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c gatepass -n "__fish_gatepass_using_subcommand schema; and not __fish_seen_subcommand_from list show help" -l store -d 'The store [default: gatepass/store.db in the user\'s data directory]' -r -F
complete -c gatepass -n "__fish_gatepass_using_subcommand schema; and not __fish_seen_subcommand_from list show help" -l key-file -d 'The file of the master key [default: gatepass/key in the user\'s configuration directory]' -r -F
complete -c gatepass -n "__fish_gatepass_using_subcommand schema; and not __fish_seen_subcommand_from list show help" -l account -d 'The account to work on, by its Account ID; with several, changes need it' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand schema; and not __fish_seen_subcommand_from list show help" -l format -d 'How data is written to stdout [default: table]' -r -f -a "table\t'Columns for people'
json\t'One JSON document'
jsonl\t'One JSON object a line'
csv\t'Comma-separated values'"
complete -c gatepass -n "__fish_gatepass_using_subcommand schema; and not __fish_seen_subcommand_from list show help" -l field -d 'Only this field of the JSON output, as plain text' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand schema; and not __fish_seen_subcommand_from list show help" -l color -d 'When to use colour [default: auto]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Everywhere'
never\t'Nowhere'"
complete -c gatepass -n "__fish_gatepass_using_subcommand schema; and not __fish_seen_subcommand_from list show help" -l json -d 'Short for --format json'
complete -c gatepass -n "__fish_gatepass_using_subcommand schema; and not __fish_seen_subcommand_from list show help" -s q -l quiet -d 'Ids only; of check, doctor and audit verify nothing when all is well'
complete -c gatepass -n "__fish_gatepass_using_subcommand schema; and not __fish_seen_subcommand_from list show help" -s y -l yes -d 'Don\'t ask, do it'
complete -c gatepass -n "__fish_gatepass_using_subcommand schema; and not __fish_seen_subcommand_from list show help" -s n -l dry-run -d 'Show what would happen, and change nothing'
complete -c gatepass -n "__fish_gatepass_using_subcommand schema; and not __fish_seen_subcommand_from list show help" -l accept-clock -d 'Believe a clock that is behind the store\'s last record'
complete -c gatepass -n "__fish_gatepass_using_subcommand schema; and not __fish_seen_subcommand_from list show help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c gatepass -n "__fish_gatepass_using_subcommand schema; and not __fish_seen_subcommand_from list show help" -s V -l version -d 'Print version'
complete -c gatepass -n "__fish_gatepass_using_subcommand schema; and not __fish_seen_subcommand_from list show help" -f -a "list" -d 'Lists their names'
complete -c gatepass -n "__fish_gatepass_using_subcommand schema; and not __fish_seen_subcommand_from list show help" -f -a "show" -d 'Shows one'
complete -c gatepass -n "__fish_gatepass_using_subcommand schema; and not __fish_seen_subcommand_from list show help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c gatepass -n "__fish_gatepass_using_subcommand schema; and __fish_seen_subcommand_from list" -l store -d 'The store [default: gatepass/store.db in the user\'s data directory]' -r -F
complete -c gatepass -n "__fish_gatepass_using_subcommand schema; and __fish_seen_subcommand_from list" -l key-file -d 'The file of the master key [default: gatepass/key in the user\'s configuration directory]' -r -F
complete -c gatepass -n "__fish_gatepass_using_subcommand schema; and __fish_seen_subcommand_from list" -l account -d 'The account to work on, by its Account ID; with several, changes need it' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand schema; and __fish_seen_subcommand_from list" -l format -d 'How data is written to stdout [default: table]' -r -f -a "table\t'Columns for people'
json\t'One JSON document'
jsonl\t'One JSON object a line'
csv\t'Comma-separated values'"
complete -c gatepass -n "__fish_gatepass_using_subcommand schema; and __fish_seen_subcommand_from list" -l field -d 'Only this field of the JSON output, as plain text' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand schema; and __fish_seen_subcommand_from list" -l color -d 'When to use colour [default: auto]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Everywhere'
never\t'Nowhere'"
complete -c gatepass -n "__fish_gatepass_using_subcommand schema; and __fish_seen_subcommand_from list" -l json -d 'Short for --format json'
complete -c gatepass -n "__fish_gatepass_using_subcommand schema; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Ids only; of check, doctor and audit verify nothing when all is well'
complete -c gatepass -n "__fish_gatepass_using_subcommand schema; and __fish_seen_subcommand_from list" -s y -l yes -d 'Don\'t ask, do it'
complete -c gatepass -n "__fish_gatepass_using_subcommand schema; and __fish_seen_subcommand_from list" -s n -l dry-run -d 'Show what would happen, and change nothing'
complete -c gatepass -n "__fish_gatepass_using_subcommand schema; and __fish_seen_subcommand_from list" -l accept-clock -d 'Believe a clock that is behind the store\'s last record'
complete -c gatepass -n "__fish_gatepass_using_subcommand schema; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c gatepass -n "__fish_gatepass_using_subcommand schema; and __fish_seen_subcommand_from list" -s V -l version -d 'Print version'
complete -c gatepass -n "__fish_gatepass_using_subcommand schema; and __fish_seen_subcommand_from show" -l store -d 'The store [default: gatepass/store.db in the user\'s data directory]' -r -F
complete -c gatepass -n "__fish_gatepass_using_subcommand schema; and __fish_seen_subcommand_from show" -l key-file -d 'The file of the master key [default: gatepass/key in the user\'s configuration directory]' -r -F
complete -c gatepass -n "__fish_gatepass_using_subcommand schema; and __fish_seen_subcommand_from show" -l account -d 'The account to work on, by its Account ID; with several, changes need it' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand schema; and __fish_seen_subcommand_from show" -l format -d 'How data is written to stdout [default: table]' -r -f -a "table\t'Columns for people'
json\t'One JSON document'
jsonl\t'One JSON object a line'
csv\t'Comma-separated values'"
complete -c gatepass -n "__fish_gatepass_using_subcommand schema; and __fish_seen_subcommand_from show" -l field -d 'Only this field of the JSON output, as plain text' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand schema; and __fish_seen_subcommand_from show" -l color -d 'When to use colour [default: auto]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Everywhere'
never\t'Nowhere'"
complete -c gatepass -n "__fish_gatepass_using_subcommand schema; and __fish_seen_subcommand_from show" -l json -d 'Short for --format json'
complete -c gatepass -n "__fish_gatepass_using_subcommand schema; and __fish_seen_subcommand_from show" -s q -l quiet -d 'Ids only; of check, doctor and audit verify nothing when all is well'
complete -c gatepass -n "__fish_gatepass_using_subcommand schema; and __fish_seen_subcommand_from show" -s y -l yes -d 'Don\'t ask, do it'
complete -c gatepass -n "__fish_gatepass_using_subcommand schema; and __fish_seen_subcommand_from show" -s n -l dry-run -d 'Show what would happen, and change nothing'
complete -c gatepass -n "__fish_gatepass_using_subcommand schema; and __fish_seen_subcommand_from show" -l accept-clock -d 'Believe a clock that is behind the store\'s last record'
complete -c gatepass -n "__fish_gatepass_using_subcommand schema; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c gatepass -n "__fish_gatepass_using_subcommand schema; and __fish_seen_subcommand_from show" -s V -l version -d 'Print version'
complete -c gatepass -n "__fish_gatepass_using_subcommand schema; and __fish_seen_subcommand_from help" -f -a "list" -d 'Lists their names'
complete -c gatepass -n "__fish_gatepass_using_subcommand schema; and __fish_seen_subcommand_from help" -f -a "show" -d 'Shows one'
complete -c gatepass -n "__fish_gatepass_using_subcommand schema; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c gatepass -n "__fish_gatepass_using_subcommand proxy-config" -l listen -d 'Where the proxy listens' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand proxy-config" -l gate -d 'Where gatepass serve listens: an address, or unix:PATH' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand proxy-config" -l backend -d 'Where the protected API listens' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand proxy-config" -l store -d 'The store [default: gatepass/store.db in the user\'s data directory]' -r -F
complete -c gatepass -n "__fish_gatepass_using_subcommand proxy-config" -l key-file -d 'The file of the master key [default: gatepass/key in the user\'s configuration directory]' -r -F
complete -c gatepass -n "__fish_gatepass_using_subcommand proxy-config" -l account -d 'The account to work on, by its Account ID; with several, changes need it' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand proxy-config" -l format -d 'How data is written to stdout [default: table]' -r -f -a "table\t'Columns for people'
json\t'One JSON document'
jsonl\t'One JSON object a line'
csv\t'Comma-separated values'"
complete -c gatepass -n "__fish_gatepass_using_subcommand proxy-config" -l field -d 'Only this field of the JSON output, as plain text' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand proxy-config" -l color -d 'When to use colour [default: auto]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Everywhere'
never\t'Nowhere'"
complete -c gatepass -n "__fish_gatepass_using_subcommand proxy-config" -l lua -d 'Print the script that the sample for HAProxy loads, gatepass.lua, and not the sample'
complete -c gatepass -n "__fish_gatepass_using_subcommand proxy-config" -l json -d 'Short for --format json'
complete -c gatepass -n "__fish_gatepass_using_subcommand proxy-config" -s q -l quiet -d 'Ids only; of check, doctor and audit verify nothing when all is well'
complete -c gatepass -n "__fish_gatepass_using_subcommand proxy-config" -s y -l yes -d 'Don\'t ask, do it'
complete -c gatepass -n "__fish_gatepass_using_subcommand proxy-config" -s n -l dry-run -d 'Show what would happen, and change nothing'
complete -c gatepass -n "__fish_gatepass_using_subcommand proxy-config" -l accept-clock -d 'Believe a clock that is behind the store\'s last record'
complete -c gatepass -n "__fish_gatepass_using_subcommand proxy-config" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c gatepass -n "__fish_gatepass_using_subcommand proxy-config" -s V -l version -d 'Print version'
complete -c gatepass -n "__fish_gatepass_using_subcommand completions" -l store -d 'The store [default: gatepass/store.db in the user\'s data directory]' -r -F
complete -c gatepass -n "__fish_gatepass_using_subcommand completions" -l key-file -d 'The file of the master key [default: gatepass/key in the user\'s configuration directory]' -r -F
complete -c gatepass -n "__fish_gatepass_using_subcommand completions" -l account -d 'The account to work on, by its Account ID; with several, changes need it' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand completions" -l format -d 'How data is written to stdout [default: table]' -r -f -a "table\t'Columns for people'
json\t'One JSON document'
jsonl\t'One JSON object a line'
csv\t'Comma-separated values'"
complete -c gatepass -n "__fish_gatepass_using_subcommand completions" -l field -d 'Only this field of the JSON output, as plain text' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand completions" -l color -d 'When to use colour [default: auto]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Everywhere'
never\t'Nowhere'"
complete -c gatepass -n "__fish_gatepass_using_subcommand completions" -l json -d 'Short for --format json'
complete -c gatepass -n "__fish_gatepass_using_subcommand completions" -s q -l quiet -d 'Ids only; of check, doctor and audit verify nothing when all is well'
complete -c gatepass -n "__fish_gatepass_using_subcommand completions" -s y -l yes -d 'Don\'t ask, do it'
complete -c gatepass -n "__fish_gatepass_using_subcommand completions" -s n -l dry-run -d 'Show what would happen, and change nothing'
complete -c gatepass -n "__fish_gatepass_using_subcommand completions" -l accept-clock -d 'Believe a clock that is behind the store\'s last record'
complete -c gatepass -n "__fish_gatepass_using_subcommand completions" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c gatepass -n "__fish_gatepass_using_subcommand completions" -s V -l version -d 'Print version'
complete -c gatepass -n "__fish_gatepass_using_subcommand man" -l dir -d 'Write all pages here' -r -F
complete -c gatepass -n "__fish_gatepass_using_subcommand man" -l store -d 'The store [default: gatepass/store.db in the user\'s data directory]' -r -F
complete -c gatepass -n "__fish_gatepass_using_subcommand man" -l key-file -d 'The file of the master key [default: gatepass/key in the user\'s configuration directory]' -r -F
complete -c gatepass -n "__fish_gatepass_using_subcommand man" -l account -d 'The account to work on, by its Account ID; with several, changes need it' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand man" -l format -d 'How data is written to stdout [default: table]' -r -f -a "table\t'Columns for people'
json\t'One JSON document'
jsonl\t'One JSON object a line'
csv\t'Comma-separated values'"
complete -c gatepass -n "__fish_gatepass_using_subcommand man" -l field -d 'Only this field of the JSON output, as plain text' -r
complete -c gatepass -n "__fish_gatepass_using_subcommand man" -l color -d 'When to use colour [default: auto]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Everywhere'
never\t'Nowhere'"
complete -c gatepass -n "__fish_gatepass_using_subcommand man" -l json -d 'Short for --format json'
complete -c gatepass -n "__fish_gatepass_using_subcommand man" -s q -l quiet -d 'Ids only; of check, doctor and audit verify nothing when all is well'
complete -c gatepass -n "__fish_gatepass_using_subcommand man" -s y -l yes -d 'Don\'t ask, do it'
complete -c gatepass -n "__fish_gatepass_using_subcommand man" -s n -l dry-run -d 'Show what would happen, and change nothing'
complete -c gatepass -n "__fish_gatepass_using_subcommand man" -l accept-clock -d 'Believe a clock that is behind the store\'s last record'
complete -c gatepass -n "__fish_gatepass_using_subcommand man" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c gatepass -n "__fish_gatepass_using_subcommand man" -s V -l version -d 'Print version'
complete -c gatepass -n "__fish_gatepass_using_subcommand help; and not __fish_seen_subcommand_from create list show edit delete grant-user grant-app reset revoke verify check deliver serve app district legacy account audit doctor key schema proxy-config completions man help" -f -a "create" -d 'Makes an account passcode for one partner and shows its secret once'
complete -c gatepass -n "__fish_gatepass_using_subcommand help; and not __fish_seen_subcommand_from create list show edit delete grant-user grant-app reset revoke verify check deliver serve app district legacy account audit doctor key schema proxy-config completions man help" -f -a "list" -d 'Lists credentials'
complete -c gatepass -n "__fish_gatepass_using_subcommand help; and not __fish_seen_subcommand_from create list show edit delete grant-user grant-app reset revoke verify check deliver serve app district legacy account audit doctor key schema proxy-config completions man help" -f -a "show" -d 'Shows one credential; never its secret'
complete -c gatepass -n "__fish_gatepass_using_subcommand help; and not __fish_seen_subcommand_from create list show edit delete grant-user grant-app reset revoke verify check deliver serve app district legacy account audit doctor key schema proxy-config completions man help" -f -a "edit" -d 'Changes name, note, lifetime, what a token is good for, or the right to introspect; the id and the secret stay'
complete -c gatepass -n "__fish_gatepass_using_subcommand help; and not __fish_seen_subcommand_from create list show edit delete grant-user grant-app reset revoke verify check deliver serve app district legacy account audit doctor key schema proxy-config completions man help" -f -a "delete" -d 'Ends credentials at once and takes them off the list; their names and places are free again'
complete -c gatepass -n "__fish_gatepass_using_subcommand help; and not __fish_seen_subcommand_from create list show edit delete grant-user grant-app reset revoke verify check deliver serve app district legacy account audit doctor key schema proxy-config completions man help" -f -a "grant-user" -d 'Makes the passcode of one user and shows its secret once, or of many from a CSV file'
complete -c gatepass -n "__fish_gatepass_using_subcommand help; and not __fish_seen_subcommand_from create list show edit delete grant-user grant-app reset revoke verify check deliver serve app district legacy account audit doctor key schema proxy-config completions man help" -f -a "grant-app" -d 'Makes the token of an app for a district, and shows its secret once'
complete -c gatepass -n "__fish_gatepass_using_subcommand help; and not __fish_seen_subcommand_from create list show edit delete grant-user grant-app reset revoke verify check deliver serve app district legacy account audit doctor key schema proxy-config completions man help" -f -a "reset" -d 'Gives credentials new secrets, shown once; their ids, names and ends stay'
complete -c gatepass -n "__fish_gatepass_using_subcommand help; and not __fish_seen_subcommand_from create list show edit delete grant-user grant-app reset revoke verify check deliver serve app district legacy account audit doctor key schema proxy-config completions man help" -f -a "revoke" -d 'Ends credentials at once and keeps them listed as revoked, with who, when and why'
complete -c gatepass -n "__fish_gatepass_using_subcommand help; and not __fish_seen_subcommand_from create list show edit delete grant-user grant-app reset revoke verify check deliver serve app district legacy account audit doctor key schema proxy-config completions man help" -f -a "verify" -d 'Tells whose secret it is and whether it is good; the exit code tells, too'
complete -c gatepass -n "__fish_gatepass_using_subcommand help; and not __fish_seen_subcommand_from create list show edit delete grant-user grant-app reset revoke verify check deliver serve app district legacy account audit doctor key schema proxy-config completions man help" -f -a "check" -d 'Tells cron and monitoring what has expired and what soon will'
complete -c gatepass -n "__fish_gatepass_using_subcommand help; and not __fish_seen_subcommand_from create list show edit delete grant-user grant-app reset revoke verify check deliver serve app district legacy account audit doctor key schema proxy-config completions man help" -f -a "deliver" -d 'Tells apps of their tokens: sends all messages that are due, once, and ends'
complete -c gatepass -n "__fish_gatepass_using_subcommand help; and not __fish_seen_subcommand_from create list show edit delete grant-user grant-app reset revoke verify check deliver serve app district legacy account audit doctor key schema proxy-config completions man help" -f -a "serve" -d 'Answers proxies that ask whether a request may pass'
complete -c gatepass -n "__fish_gatepass_using_subcommand help; and not __fish_seen_subcommand_from create list show edit delete grant-user grant-app reset revoke verify check deliver serve app district legacy account audit doctor key schema proxy-config completions man help" -f -a "app" -d 'Adds, lists, shows, changes, resets and removes apps'
complete -c gatepass -n "__fish_gatepass_using_subcommand help; and not __fish_seen_subcommand_from create list show edit delete grant-user grant-app reset revoke verify check deliver serve app district legacy account audit doctor key schema proxy-config completions man help" -f -a "district" -d 'Adds, lists, shows, changes, connects and removes districts'
complete -c gatepass -n "__fish_gatepass_using_subcommand help; and not __fish_seen_subcommand_from create list show edit delete grant-user grant-app reset revoke verify check deliver serve app district legacy account audit doctor key schema proxy-config completions man help" -f -a "legacy" -d 'Leads apps away from the keys that they had before there were tokens'
complete -c gatepass -n "__fish_gatepass_using_subcommand help; and not __fish_seen_subcommand_from create list show edit delete grant-user grant-app reset revoke verify check deliver serve app district legacy account audit doctor key schema proxy-config completions man help" -f -a "account" -d 'Lists, shows, adds and changes accounts'
complete -c gatepass -n "__fish_gatepass_using_subcommand help; and not __fish_seen_subcommand_from create list show edit delete grant-user grant-app reset revoke verify check deliver serve app district legacy account audit doctor key schema proxy-config completions man help" -f -a "audit" -d 'Lists and verifies the log of changes'
complete -c gatepass -n "__fish_gatepass_using_subcommand help; and not __fish_seen_subcommand_from create list show edit delete grant-user grant-app reset revoke verify check deliver serve app district legacy account audit doctor key schema proxy-config completions man help" -f -a "doctor" -d 'Examines store, key and log: every record against its seal, its neighbours and its last audit record'
complete -c gatepass -n "__fish_gatepass_using_subcommand help; and not __fish_seen_subcommand_from create list show edit delete grant-user grant-app reset revoke verify check deliver serve app district legacy account audit doctor key schema proxy-config completions man help" -f -a "key" -d 'Copies the master key for escrow, and brings it back'
complete -c gatepass -n "__fish_gatepass_using_subcommand help; and not __fish_seen_subcommand_from create list show edit delete grant-user grant-app reset revoke verify check deliver serve app district legacy account audit doctor key schema proxy-config completions man help" -f -a "schema" -d 'Lists and shows the JSON Schemas of the output'
complete -c gatepass -n "__fish_gatepass_using_subcommand help; and not __fish_seen_subcommand_from create list show edit delete grant-user grant-app reset revoke verify check deliver serve app district legacy account audit doctor key schema proxy-config completions man help" -f -a "proxy-config" -d 'Prints the configuration of a proxy that asks gatepass serve before each request'
complete -c gatepass -n "__fish_gatepass_using_subcommand help; and not __fish_seen_subcommand_from create list show edit delete grant-user grant-app reset revoke verify check deliver serve app district legacy account audit doctor key schema proxy-config completions man help" -f -a "completions" -d 'Prints a completion script for a shell'
complete -c gatepass -n "__fish_gatepass_using_subcommand help; and not __fish_seen_subcommand_from create list show edit delete grant-user grant-app reset revoke verify check deliver serve app district legacy account audit doctor key schema proxy-config completions man help" -f -a "man" -d 'Prints the man page of gatepass, or writes the pages of all its subcommands to a directory'
complete -c gatepass -n "__fish_gatepass_using_subcommand help; and not __fish_seen_subcommand_from create list show edit delete grant-user grant-app reset revoke verify check deliver serve app district legacy account audit doctor key schema proxy-config completions man help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c gatepass -n "__fish_gatepass_using_subcommand help; and __fish_seen_subcommand_from app" -f -a "add" -d 'Adds an app and shows its client secret once'
complete -c gatepass -n "__fish_gatepass_using_subcommand help; and __fish_seen_subcommand_from app" -f -a "list" -d 'Lists apps'
complete -c gatepass -n "__fish_gatepass_using_subcommand help; and __fish_seen_subcommand_from app" -f -a "show" -d 'Shows one app; never its client secret'
complete -c gatepass -n "__fish_gatepass_using_subcommand help; and __fish_seen_subcommand_from app" -f -a "edit" -d 'Changes an app; its ids and its client secret stay'
complete -c gatepass -n "__fish_gatepass_using_subcommand help; and __fish_seen_subcommand_from app" -f -a "reset" -d 'Gives an app a new client secret, shown once'
complete -c gatepass -n "__fish_gatepass_using_subcommand help; and __fish_seen_subcommand_from app" -f -a "remove" -d 'Removes an app; its name is free again'
complete -c gatepass -n "__fish_gatepass_using_subcommand help; and __fish_seen_subcommand_from district" -f -a "add" -d 'Adds a district'
complete -c gatepass -n "__fish_gatepass_using_subcommand help; and __fish_seen_subcommand_from district" -f -a "list" -d 'Lists districts'
complete -c gatepass -n "__fish_gatepass_using_subcommand help; and __fish_seen_subcommand_from district" -f -a "show" -d 'Shows one district'
complete -c gatepass -n "__fish_gatepass_using_subcommand help; and __fish_seen_subcommand_from district" -f -a "edit" -d 'Changes a district; its id stays'
complete -c gatepass -n "__fish_gatepass_using_subcommand help; and __fish_seen_subcommand_from district" -f -a "remove" -d 'Removes a district; its name and external id are free again'
complete -c gatepass -n "__fish_gatepass_using_subcommand help; and __fish_seen_subcommand_from district" -f -a "connect" -d 'Makes the tokens of several apps for a district, or for many from a CSV file, all or none'
complete -c gatepass -n "__fish_gatepass_using_subcommand help; and __fish_seen_subcommand_from legacy" -f -a "policy" -d 'Shows or sets when legacy keys are announced to end, when they are limited, and when they end'
complete -c gatepass -n "__fish_gatepass_using_subcommand help; and __fish_seen_subcommand_from legacy" -f -a "report" -d 'Tells which apps still depend on their legacy keys, and who blocks the sunset'
complete -c gatepass -n "__fish_gatepass_using_subcommand help; and __fish_seen_subcommand_from account" -f -a "list" -d 'Lists the accounts'
complete -c gatepass -n "__fish_gatepass_using_subcommand help; and __fish_seen_subcommand_from account" -f -a "show" -d 'Shows one account'
complete -c gatepass -n "__fish_gatepass_using_subcommand help; and __fish_seen_subcommand_from account" -f -a "add" -d 'Adds an account'
complete -c gatepass -n "__fish_gatepass_using_subcommand help; and __fish_seen_subcommand_from account" -f -a "edit" -d 'Changes an account'
complete -c gatepass -n "__fish_gatepass_using_subcommand help; and __fish_seen_subcommand_from audit" -f -a "list" -d 'Lists the changes, oldest first'
complete -c gatepass -n "__fish_gatepass_using_subcommand help; and __fish_seen_subcommand_from audit" -f -a "verify" -d 'Verifies the whole log; names the first broken record'
complete -c gatepass -n "__fish_gatepass_using_subcommand help; and __fish_seen_subcommand_from audit" -f -a "checkpoint" -d 'Prints where the log stands, as a sealed line to keep elsewhere'
complete -c gatepass -n "__fish_gatepass_using_subcommand help; and __fish_seen_subcommand_from key" -f -a "export" -d 'Copies the key, to a new file or to stdout'
complete -c gatepass -n "__fish_gatepass_using_subcommand help; and __fish_seen_subcommand_from key" -f -a "import" -d 'Brings a copy back to where the key belongs'
complete -c gatepass -n "__fish_gatepass_using_subcommand help; and __fish_seen_subcommand_from schema" -f -a "list" -d 'Lists their names'
complete -c gatepass -n "__fish_gatepass_using_subcommand help; and __fish_seen_subcommand_from schema" -f -a "show" -d 'Shows one'

# The names of credentials.
function __fish_gatepass_names
    gatepass complete-names -- (commandline -ct | string unescape) 2>/dev/null
end

complete -c gatepass -n "__fish_gatepass_using_subcommand delete edit reset revoke show" -f -a "(__fish_gatepass_names)"
complete -c gatepass -n "__fish_gatepass_using_subcommand audit; and __fish_seen_subcommand_from list" -l of -x -a "(__fish_gatepass_names)"
