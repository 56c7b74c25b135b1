
# The names of credentials.
function __fish_gatepass_names
    gatepass complete-names -- (commandline -ct | string unescape) 2>/dev/null
end

