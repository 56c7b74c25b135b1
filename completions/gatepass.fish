# Completions of gatepass for fish. fish quotes what is offered.
function __fish_gatepass_offers
    set -l word (commandline -ct)
    # A quote that is open has no end yet.
    set word (string unescape -- $word; or string unescape -- "$word'"; or string unescape -- "$word\"")
    gatepass complete fish (commandline -opc) "$word" 2>/dev/null
end

function __fish_gatepass_values
    set -l offers (__fish_gatepass_offers)
    switch "$offers[1]"
        case \tfiles
        case \tdirectories
            __fish_complete_directories (commandline -ct)
        case '*'
            printf '%s\n' $offers
    end
end

complete -c gatepass -f -k -a '(__fish_gatepass_values)'
complete -c gatepass -n 'string match -q -- \tfiles (__fish_gatepass_offers)' -F
