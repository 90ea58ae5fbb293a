#!lua flags=allow-oom
--- @include "includes/emit"
--- @include "includes/signal-record"
--- @include "includes/tell-sender"
-- Takes a signal back from every target that has not answered.
--
-- KEYS[1] the record of the signal
-- ARGV[3] signal id   ARGV[4] reason, or ''   ARGV[5] number of the database
-- ARGV[6] only from the inbox of this coordinator, or ''
-- Answers { 'OK', target, who held it, target, who held it, … } or { 'UNKNOWN' }.
-- Events: signal.cancelled, if anybody had not answered.
local signal_id, key = ARGV[3], KEYS[1]
if redis.call('EXISTS', key) == 0 then return { 'UNKNOWN' } end

local answer, cancelled = { 'OK' }, {}
for _, pair in ipairs(targets_of(key, 'pending')) do
  local target, it = pair[1], pair[2]
  if ARGV[6] == '' or (it.heldBy or target) == ARGV[6] then
    local holder_id = withdraw(key, signal_id, target, it, 'cancelled', ARGV[5])
    cancelled[#cancelled + 1] = target
    answer[#answer + 1] = target
    answer[#answer + 1] = holder_id
  end
end
if #cancelled > 0 then
  local reason = ARGV[4] ~= '' and ',"reason":' .. cjson.encode(ARGV[4]) or ''
  local ev = emit('signal.cancelled', 'signal:' .. signal_id,
    '{"signalId":"' .. signal_id .. '","targets":' .. json_ids(cancelled) .. reason .. '}')
  redis.call('HINCRBY', key, 'pending', -#cancelled)
  redis.call('HSET', key, 'ev', ev)
  settle_if_done(key, signal_id)
  tell_sender(signal_id, ARGV[5])
end
return answer
