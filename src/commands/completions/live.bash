
# The generated function knows subcommands and flags. This one adds the names of credentials.
_gatepass_live() {
    local line=${COMP_LINE:0:COMP_POINT} words=() word before= verb= typed
    _gatepass "$@"
    # The words as a shell takes them: readline splits at @ and : too. Without -r, so that a\ b is one word.
    read -a words <<<"$line"
    [[ $line == *[[:space:]] ]] && words+=('')
    typed=${words[${#words[@]}-1]}
    for word in "${words[@]:1:${#words[@]}-2}"; do
        case $before in
            @VALUED@) before=; continue ;;
        esac
        before=$word
        [[ -n $verb || $word == -* ]] || verb=$word
    done
    case $before in
        @REFERRING@) _gatepass_names "$line" "$2"; return ;;
        @VALUED@) return ;;
    esac
    case $verb in
        @VERBS@) [[ $typed == -* ]] || _gatepass_names "$line" "$2" ;;
    esac
}

# Offers the names that begin with what was typed. $1 is the line up to the cursor, $2 what readline will replace: less
# than the word, where it has split it.
_gatepass_names() {
    local pattern='(([^[:space:]\\]|\\.)*)$' word start kept= is_quoted= name
    [[ $1 =~ $pattern ]]
    word=${BASH_REMATCH[1]}
    if [[ $word == [\"\']* || $word != *"$2" ]]; then
        # An open quote: readline closes it, and takes names as they are.
        is_quoted=yes start=$2
    else
        start=${word//\\/} kept=${word%"$2"}
    fi
    COMPREPLY=()
    compopt +o default +o bashdefault 2>/dev/null
    while IFS= read -r name; do
        [[ -n $is_quoted ]] || printf -v name %q "$name"
        COMPREPLY+=("${name:${#kept}}")
    done < <(gatepass complete-names -- "$start" 2>/dev/null)
}
