-- Queries gatepass for each request. Printed by: gatepass proxy-config haproxy --lua
--
-- Loaded and called by haproxy.cfg: http-request lua.gatepass ADDRESS-OF-THE-GATE

-- In milliseconds. HAProxy gives up after four attempts.
local TIMEOUT = 500

-- Headers from the gate that identify the caller to the backend.
local IDENTITY = {
    "x-gatepass-account",
    "x-gatepass-credential",
    "x-gatepass-kind",
    "x-gatepass-name",
    "x-gatepass-user",
    "x-gatepass-app",
    "x-gatepass-district",
    "x-gatepass-scopes",
    "x-gatepass-expires",
}

-- Headers from the gate that are added to the response to the caller: the name of the variable, and of the header.
local TOLD = {
    deprecation = "deprecation",
    sunset = "sunset",
    link = "link",
    bucket = "x-ratelimit-bucket",
    limit = "x-ratelimit-limit",
    remaining = "x-ratelimit-remaining",
    reset = "x-ratelimit-reset",
}

-- Headers that belong to a connection or a body. They are neither sent to the gate nor returned from it.
local OF_CONNECTION = {
    ["connection"] = true,
    ["content-length"] = true,
    ["expect"] = true,
    ["keep-alive"] = true,
    ["proxy-connection"] = true,
    ["te"] = true,
    ["trailer"] = true,
    ["transfer-encoding"] = true,
    ["upgrade"] = true,
}

local UNAVAILABLE = '{"status":"fail","error":"Service Unavailable","code":503}'

-- Returns the first value of a header. HAProxy counts from 0.
local function first(headers, name)
    return headers[name] and headers[name][0]
end

local function ask(txn, gate)
    local headers = txn.http:req_get_headers()
    for name in pairs(OF_CONNECTION) do
        headers[name] = nil
    end
    -- The host in the URL is a placeholder: `dst` is the address of the gate.
    local question = { url = "http://gate/verify", dst = gate, headers = headers, timeout = TIMEOUT }
    return core.httpclient():get(question)
end

-- Stores a header from the gate, if present, in a variable for the log and the response.
local function remember(txn, answer, variable, name)
    local value = first(answer.headers, name)
    if value then
        txn:set_var("txn.gatepass_" .. variable, value)
    end
end

-- Ends the request with the gate's refusal, without the headers that are for proxies only.
local function refuse(txn, answer)
    local reply = txn:reply({ status = answer.status, reason = answer.reason, body = answer.body })
    for name, values in pairs(answer.headers) do
        if not OF_CONNECTION[name] and name:sub(1, 11) ~= "x-gatepass-" then
            for _, value in pairs(values) do
                reply:add_header(name, value)
            end
        end
    end
    txn:done(reply)
end

-- Ends the request because there is no decision.
local function unavailable(txn)
    local reply = txn:reply({ status = 503, reason = "Service Unavailable", body = UNAVAILABLE })
    reply:add_header("content-type", "application/json;charset=utf-8")
    txn:done(reply)
end

local function gatepass(txn, gate)
    local asked, answer = pcall(ask, txn, gate)
    if not asked or not answer then
        return unavailable(txn)
    end
    remember(txn, answer, "reason", "x-gatepass-reason")
    if answer.status >= 400 and answer.status < 500 then
        return refuse(txn, answer)
    end
    if answer.status ~= 200 then
        return unavailable(txn)
    end
    for _, name in ipairs(IDENTITY) do
        local value = first(answer.headers, name)
        if value then
            txn.http:req_set_header(name, value)
        end
    end
    remember(txn, answer, "credential", "x-gatepass-credential")
    for variable, name in pairs(TOLD) do
        remember(txn, answer, variable, name)
    end
end

core.register_action("gatepass", { "http-req" }, gatepass, 1)
