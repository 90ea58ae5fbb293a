#!lua
--- @include "includes/emit"
--- @include "includes/fence"
--- @include "includes/holder"
--- @include "includes/touch"
--- @include "includes/signal-record"
-- Accepts a signal for all its targets, or refuses all of it.
--
-- KEYS[1] the index of signals
-- ARGV[3]  source
-- ARGV[4]  its epoch, '' when its manager does not live in the sending process
-- ARGV[5]  its instance, or ''
-- ARGV[6]  type                ARGV[7]  iteration
-- ARGV[8]  receiver as it stands in the id: the one target, or *
-- ARGV[9]  payload, JSON, or ''                       ARGV[10] its size in bytes
-- ARGV[11] time until what is pending expires, ms
-- ARGV[12] idempotency key: '' none, '=…' of the content (holds while pending), else an explicit one
-- ARGV[13] hash of the content
-- ARGV[14] how long an explicit key holds, ms
-- ARGV[15] who sends it through the control room, or ''
-- ARGV[16] number of the database                     ARGV[17] most pending signals of an inbox
-- ARGV[18] id of this call, or '': a second run of the same call finds the first
-- ARGV[19…] targets, each once
--
-- Answers { 'OK', signal id, timestamp, isDuplicate '0' | '1' }, { 'CONFLICT', signal id of the key },
-- { 'INBOX_FULL', who is full, limit }, or what the fence answers.
-- Events: signal.sent; signal.refused.
local source, kind, iteration = ARGV[3], ARGV[6], ARGV[7]
local payload, ttl, idem, hash = ARGV[9], tonumber(ARGV[11]), ARGV[12], ARGV[13]
local db, limit, call_id = ARGV[16], tonumber(ARGV[17]), ARGV[18]

if ARGV[4] ~= '' then
  local refusal = fence(source, ARGV[4], ARGV[5], 'sendSignal')
  if refusal then return refusal end
end

local function timestamp_of(signal_id) return string.match(signal_id, ':(%d+)$') or '0' end
local function duplicate_of(signal_id) return { 'OK', signal_id, timestamp_of(signal_id), '1' } end

local function refused(reason, target)
  local data = { source = source, type = kind, reason = reason, target = target }
  emit('signal.refused', 'coordinator:' .. (target or source), data)
end

local k_call = call_id ~= '' and k_idempotency(source, '!' .. call_id) or nil
if k_call then
  local first = redis.call('GET', k_call)
  if first then return { 'OK', first, timestamp_of(first), '0' } end
end

local k_idem = idem ~= '' and k_idempotency(source, idem) or nil
local explicit = k_idem and string.sub(idem, 1, 1) ~= '='
if k_idem then
  local known = redis.call('GET', k_idem)
  if known and explicit then
    local known_hash, signal_id = string.match(known, '^(%S+) (%S+)$')
    if known_hash == hash then return duplicate_of(signal_id) end
    refused('idempotency_conflict', nil)
    return { 'CONFLICT', signal_id }
  elseif known then
    if tonumber(redis.call('HGET', k_record(known), 'pending') or '0') > 0 then return duplicate_of(known) end
  end
end

-- Whoever was replaced is answered for by the end of its chain.
local holders, room = {}, {}
for i = 19, #ARGV do
  local holder_id = holder(ARGV[i])
  holders[i] = holder_id
  room[holder_id] = (room[holder_id] or limit - redis.call('XLEN', k_inbox(holder_id))) - 1
  if room[holder_id] < 0 then
    refused('inbox_full', ARGV[i])
    return { 'INBOX_FULL', holder_id, int(limit) }
  end
end

-- Two signals never share an id: the timestamp moves on to one that is free, searched in steps that
-- double and then halve, so that a burst in one millisecond costs few looks.
local stem = source .. ':' .. ARGV[8] .. ':' .. kind .. ':' .. iteration .. ':'
local function taken(at) return redis.call('EXISTS', k_record(stem .. int(at))) == 1 end
local timestamp = NOW
if taken(timestamp) then
  local low, step = NOW, 1
  while taken(low + step) do
    low = low + step
    step = step * 2
  end
  local high = low + step
  while high - low > 1 do
    local middle = math.floor((low + high) / 2)
    if taken(middle) then low = middle else high = middle end
  end
  timestamp = high
end
local signal_id = stem .. int(timestamp)
local key = k_record(signal_id)
local deadline = NOW + ttl

local targets, held = {}, {}
for i = 19, #ARGV do
  targets[#targets + 1] = ARGV[i]
  if holders[i] ~= ARGV[i] then held[#held + 1] = '"' .. ARGV[i] .. '":"' .. holders[i] .. '"' end
end
local facts = '"signalId":"' .. signal_id .. '","source":"' .. source .. '","targets":' .. json_ids(targets)
  .. ',"type":"' .. kind .. '","iteration":' .. iteration .. ',"timestamp":' .. int(timestamp)
local signal = '{' .. facts .. (payload ~= '' and ',"payload":' .. payload or '') .. '}'
local event = '{' .. facts .. ',"deadline":' .. int(deadline) .. ',"payloadBytes":' .. ARGV[10]
if #held > 0 then event = event .. ',"heldBy":{' .. table.concat(held, ',') .. '}' end
if ARGV[15] ~= '' then event = event .. ',"sentBy":' .. cjson.encode(ARGV[15]) end
local ev = emit('signal.sent', 'signal:' .. signal_id, event .. '}')

local fields = {
  'signal', signal, 'deadline', int(deadline), 'sentAt', int(NOW), 'payloadBytes', ARGV[10],
  'pending', int(#targets), 'keep', int(ttl), 'ev', ev,
}
local function field(name, value)
  fields[#fields + 1] = name
  fields[#fields + 1] = value
end
if ARGV[15] ~= '' then field('sentBy', ARGV[15]) end
if k_idem and not explicit then field('idem', k_idem) end

-- A small signal travels with its hint, so that a waiting receiver need not ask for it.
local carried = #signal <= 2048 and ',"signal":' .. signal or ''
local handed = {}
for i = 19, #ARGV do
  local target, holder_id = ARGV[i], holders[i]
  local entry = inbox_add(holder_id, signal_id, target)
  local it = { state = 'pending', entry = entry }
  if holder_id ~= target then
    it.heldBy = holder_id
    handed[holder_id] = (handed[holder_id] and handed[holder_id] .. ',' or '') .. target
  end
  field('t:' .. target, target_json(it))
  redis.call('PUBLISH', k_hint(holder_id), '{"k":"signal","db":' .. db .. ',"entry":"' .. entry
    .. '","target":"' .. target .. '"' .. carried .. '}')
end
for holder_id, its in pairs(handed) do field('h:' .. holder_id, its) end

-- Lua passes a bounded number of arguments.
for from = 1, #fields, 1000 do
  redis.call('HSET', key, unpack(fields, from, math.min(from + 999, #fields)))
end
redis.call('ZADD', KEYS[1], int(NOW), signal_id)
due('signal', signal_id, deadline)
if ARGV[4] ~= '' then
  redis.call('HSET', k_coordinator(source), 'actionWhat', 'signal.sent', 'actionAt', int(NOW), 'ev', ev)
else
  touch(source, ev, 'signal.sent')
end

if explicit then
  redis.call('SET', k_idem, hash .. ' ' .. signal_id, 'PX', ARGV[14])
elseif k_idem then
  -- Deleted when the signal is settled.
  redis.call('SET', k_idem, signal_id)
end
if k_call then redis.call('SET', k_call, signal_id, 'PX', 60000) end

-- Settled records go by their expiry, which tells no index. So of the index one is looked at for
-- each signal sent (in bundles), and what has no record goes: it never grows far beyond the records.
if NOW % 32 == 0 then
  for _, old in ipairs(redis.call('ZRANDMEMBER', KEYS[1], 32)) do
    if redis.call('EXISTS', k_record(old)) == 0 then redis.call('ZREM', KEYS[1], old) end
  end
end
return { 'OK', signal_id, int(timestamp), '0' }
