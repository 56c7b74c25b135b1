# Completions of gatepass for bash. gatepass itself parses the line, and quotes what it offers.
_gatepass() {
    local offer
    COMPREPLY=()
    while IFS= read -r offer; do
        case $offer in
            $'\t'files) compopt -o bashdefault -o default ;;
            $'\t'directories) compopt -o dirnames ;;
            *) COMPREPLY+=("$offer") ;;
        esac
    done < <(gatepass complete bash "${COMP_LINE:0:COMP_POINT}" "$2" 2>/dev/null)
}

# Versions before 4.4 sort always.
complete -o nosort -F _gatepass gatepass 2>/dev/null || complete -F _gatepass gatepass
