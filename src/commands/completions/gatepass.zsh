#compdef gatepass

# Completions of gatepass for zsh. zsh quotes what is offered.
_gatepass() {
    local offer about
    local -a offers values lines
    offers=("${(@f)$(gatepass complete zsh "${(@Q)words[1,CURRENT-1]}" "${(Q)PREFIX}" 2>/dev/null)}")
    case $offers[1] in
        $'\t'*)
            [[ $PREFIX == --*=* ]] && compset -P 1 '*='
            case $offers[1] in
                $'\t'files) _files ;;
                *) _files -/ ;;
            esac
            return
            ;;
    esac
    for offer in $offers; do
        about=${offer#*$'\t'}
        values+=("${offer%%$'\t'*}")
        lines+=("$values[-1]${about:+  -- $about}")
    done
    compadd -l -V gatepass -d lines -M 'm:{[:lower:][:upper:]}={[:upper:][:lower:]}' -a values
}

if [ "$funcstack[1]" = "_gatepass" ]; then
    _gatepass "$@"
else
    compdef _gatepass gatepass
fi
