#!lua
--- @include "includes/calls"
--- @include "includes/fence"
--- @include "includes/holder"
--- @include "includes/signal-record"
-- Accepts signals, each for all its targets, or refuses all of it.
--
-- KEYS[1] the index of signals
-- Arguments of each call (see includes/calls):
--  1 source   2 its epoch, '' when its manager does not live in the sending process   3 its instance, or ''
--  4 type     5 iteration   6 receiver as it stands in the id: the one target, or *
--  7 payload, JSON, or ''   8 its size in bytes   9 time until what is pending expires, ms
-- 10 idempotency key: '' none, '=…' of the content (holds while pending), else an explicit one
-- 11 hash of the content   12 how long an explicit key holds, ms
-- 13 who sends it through the control room, or ''   14 number of the database
-- 15 most pending signals of an inbox   16 id of this call, or '': a second run of it finds the first
-- 17… targets, each once
--
-- Answers { 'OK', signal id, timestamp, isDuplicate '0' | '1' }, { 'CONFLICT', signal id of the key },
-- { 'INBOX_FULL', who is full, limit }, or what the fence answers.
-- Events: signal.sent; signal.refused.
local function timestamp_of(signal_id) return string.match(signal_id, ':(%d+)$') or '0' end
local function duplicate_of(signal_id) return { 'OK', signal_id, timestamp_of(signal_id), '1' } end

local function refused(source, kind, reason, target)
  local data = { source = source, type = kind, reason = reason, target = target }
  emit('signal.refused', 'coordinator:' .. (target or source), data)
end

-- Two different signals never share an id: the timestamp moves on to one that is free, searched in steps
-- that double and then halve, so that a burst in one millisecond costs few looks.
local last_of = {}
local function free_timestamp(stem)
  local function taken(at) return redis.call('EXISTS', k_record(stem .. int(at))) == 1 end
  -- The signals before this one in the same script call took what this would find first.
  local low = last_of[stem] or NOW
  if last_of[stem] or taken(low) then
    local step = 1
    while taken(low + step) do
      low = low + step
      step = step * 2
    end
    local high = low + step
    while high - low > 1 do
      local middle = math.floor((low + high) / 2)
      if taken(middle) then low = middle else high = middle end
    end
    low = high
  end
  last_of[stem] = low
  return low
end

local function call(first, last)
  local source, epoch, instance, kind, iteration, receiver, payload, bytes, ttl, idem, hash, idem_ttl, sent_by,
    db, limit, call_id = unpack(ARGV, first, first + 15)

  if epoch ~= '' then
    local refusal = fence(source, epoch, instance, 'sendSignal')
    if refusal then return refusal end
  end

  local k_call = call_id ~= '' and k_idempotency(source, '!' .. call_id) or nil
  if k_call then
    local before = redis.call('GET', k_call)
    if before then return { 'OK', before, timestamp_of(before), '0' } end
  end

  local k_idem = idem ~= '' and k_idempotency(source, idem) or nil
  local explicit = k_idem and string.sub(idem, 1, 1) ~= '='
  if k_idem then
    local known = redis.call('GET', k_idem)
    if known and explicit then
      local known_hash, signal_id = string.match(known, '^(%S+) (%S+)$')
      if known_hash == hash then return duplicate_of(signal_id) end
      refused(source, kind, 'idempotency_conflict', nil)
      return { 'CONFLICT', signal_id }
    elseif known then
      if tonumber(redis.call('HGET', k_record(known), 'pending') or '0') > 0 then return duplicate_of(known) end
    end
  end

  -- Whoever was replaced is answered for by the end of its chain.
  local from, holders, room = first + 16, {}, {}
  for i = from, last do
    local holder_id = holder(ARGV[i])
    holders[i] = holder_id
    room[holder_id] = (room[holder_id] or limit - redis.call('XLEN', k_inbox(holder_id))) - 1
    if room[holder_id] < 0 then
      refused(source, kind, 'inbox_full', ARGV[i])
      return { 'INBOX_FULL', holder_id, limit }
    end
  end

  local stem = source .. ':' .. receiver .. ':' .. kind .. ':' .. iteration .. ':'
  local timestamp = int(free_timestamp(stem))
  local signal_id = stem .. timestamp
  local key, deadline = k_record(signal_id), int(NOW + ttl)

  local targets, held = {}, nil
  for i = from, last do
    targets[#targets + 1] = ARGV[i]
    if holders[i] ~= ARGV[i] then
      held = (held and held .. ',' or '') .. '"' .. ARGV[i] .. '":"' .. holders[i] .. '"'
    end
  end
  local facts = '{"signalId":"' .. signal_id .. '","source":"' .. source .. '","targets":' .. json_ids(targets)
    .. ',"type":"' .. kind .. '","iteration":' .. iteration .. ',"timestamp":' .. timestamp
  local signal = facts .. (payload ~= '' and ',"payload":' .. payload .. '}' or '}')
  local event = facts .. ',"deadline":' .. deadline .. ',"payloadBytes":' .. bytes
  if held then event = event .. ',"heldBy":{' .. held .. '}' end
  if sent_by ~= '' then event = event .. ',"sentBy":' .. cjson.encode(sent_by) end
  local ev = emit('signal.sent', 'signal:' .. signal_id, event .. '}')

  local fields = {
    'signal', signal, 'deadline', deadline, 'sentAt', NOW_TEXT, 'payloadBytes', bytes,
    'pending', int(#targets), 'keep', int(ttl), 'ev', ev,
  }
  local function field(name, value)
    fields[#fields + 1] = name
    fields[#fields + 1] = value
  end
  if sent_by ~= '' then field('sentBy', sent_by) end
  if k_idem and not explicit then field('idem', k_idem) end

  -- A small signal travels with its hint, so that a waiting receiver need not ask for it.
  local carried = #signal <= 2048 and ',"signal":' .. signal .. '}' or '}'
  local handed
  for i = from, last do
    local target, holder_id = ARGV[i], holders[i]
    local entry = inbox_add(holder_id, signal_id, target)
    if holder_id == target then
      field('t:' .. target, '{"state":"pending","entry":"' .. entry .. '","rejected":0}')
    else
      field('t:' .. target, target_json({ state = 'pending', entry = entry, heldBy = holder_id }))
      handed = handed or {}
      handed[holder_id] = (handed[holder_id] and handed[holder_id] .. ',' or '') .. target
    end
    hint(k_hint(holder_id), '{"k":"signal","db":' .. db .. ',"entry":"' .. entry .. '","target":"' .. target .. '"'
      .. carried)
  end
  if handed then
    for holder_id, its in pairs(handed) do field('h:' .. holder_id, its) end
  end

  -- Lua passes a bounded number of arguments.
  for at = 1, #fields, 1000 do
    redis.call('HSET', key, unpack(fields, at, math.min(at + 999, #fields)))
  end
  redis.call('ZADD', K_SIGNALS, NOW_TEXT, signal_id)
  redis.call('ZADD', K_DEADLINES, deadline, 'signal:' .. signal_id)
  -- Who sends without taking part has no record to note it in.
  if epoch ~= '' or redis.call('EXISTS', k_coordinator(source)) == 1 then acts(source, 'signal.sent', ev) end

  if explicit then
    redis.call('SET', k_idem, hash .. ' ' .. signal_id, 'PX', idem_ttl)
  elseif k_idem then
    -- Deleted when the signal is settled.
    redis.call('SET', k_idem, signal_id)
  end
  if k_call then redis.call('SET', k_call, signal_id, 'PX', 60000) end
  return { 'OK', signal_id, timestamp, '0' }
end

local all = answers(call)

-- Settled records go by their expiry, which tells no index. So of the index one is looked at for
-- each signal sent (in bundles), and what has no record goes: it never grows far beyond the records.
if NOW % 32 == 0 then
  for _, old in ipairs(redis.call('ZRANDMEMBER', K_SIGNALS, 32 * #all)) do
    if redis.call('EXISTS', k_record(old)) == 0 then redis.call('ZREM', K_SIGNALS, old) end
  end
end
return all
