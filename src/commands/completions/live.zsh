
# The names of credentials. compadd quotes them, and holds them against what was typed in any case of letters.
_gatepass_names() {
    local -a names
    names=(${(f)"$(gatepass complete-names -- "${(Q)PREFIX}" 2>/dev/null)"})
    compadd -M 'm:{[:lower:][:upper:]}={[:upper:][:lower:]}' -a names
}
