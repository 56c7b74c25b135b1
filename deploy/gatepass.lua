-- Asks gatepass whether a request may pass. Printed by: gatepass proxy-config haproxy --lua
--
-- Loaded and called by haproxy.cfg: http-request lua.gatepass ADDRESS-OF-THE-GATE

-- Milliseconds. HAProxy tries four times before it gives up.
local TIMEOUT = 500

-- What the backend is told of the caller, in the gate's words.
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

-- What the caller is told beside the backend's answer: the name of each in a variable, and in the gate's answer.
local TOLD = {
    deprecation = "deprecation",
    sunset = "sunset",
    link = "link",
    bucket = "x-ratelimit-bucket",
    limit = "x-ratelimit-limit",
    remaining = "x-ratelimit-remaining",
    reset = "x-ratelimit-reset",
}

-- Headers of one connection, or of a body: they do not go to the gate, and its own do not come back.
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

-- A header's first value. HAProxy counts from 0.
local function first(headers, name)
    return headers[name] and headers[name][0]
end

local function ask(txn, gate)
    local headers = txn.http:req_get_headers()
    for name in pairs(OF_CONNECTION) do
        headers[name] = nil
    end
    -- The host in the URL only fills a place: `dst` says where the gate is.
    local question = { url = "http://gate/verify", dst = gate, headers = headers, timeout = TIMEOUT }
    return core.httpclient():get(question)
end

-- Keeps a header, if the gate sent it, in a variable for the log and the answer.
local function remember(txn, answer, variable, name)
    local value = first(answer.headers, name)
    if value then
        txn:set_var("txn.gatepass_" .. variable, value)
    end
end

-- Ends the request with the gate's refusal, but for what it says to proxies only.
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

-- Ends the request because nobody could say whether it may pass.
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
