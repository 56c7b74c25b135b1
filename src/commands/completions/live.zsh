
# The names of credentials. compadd quotes them, and compares them with the typed text regardless of case.
_gatepass_names() {
    local -a names
    names=(${(f)"$(gatepass complete-names -- "${(Q)PREFIX}" 2>/dev/null)"})
    compadd -M 'm:{[:lower:][:upper:]}={[:upper:][:lower:]}' -a names
}
