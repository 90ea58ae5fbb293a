#!lua flags=allow-oom
--- @include "includes/emit"
--- @include "includes/fence"
--- @include "includes/held-target"
-- Stores the first ACK of one target for the record's life. Repeated, it answers that same one.
--
-- KEYS[1] the record of the signal
-- ARGV[3] coordinator   ARGV[4] epoch   ARGV[5] instance   ARGV[6] signal id
-- ARGV[7] the target that the ACK answers for, as far as the signer knows
-- ARGV[8] the signed ACK, JSON
-- ARGV[9] source, ARGV[10] type, ARGV[11] iteration that were signed
-- ARGV[12] how long the ACK's copy is kept, ms
-- ARGV[13] '1' when it has yet to say that it is done
-- ARGV[14] the signal, JSON, when it may be one that nobody sent; else ''
-- ARGV[15] MAC of a stored ACK that the signer can't verify, and replaces; else ''
-- ARGV[16] number of the database
--
-- Answers { 'OK', more }, with '1' as `more` when this coordinator holds another target that has
-- not answered; { 'ALREADY', what is stored, target, more };
-- { 'SIGN', target, source, type, iteration }: what was signed is not what is recorded, sign this;
-- { 'GONE' } no record; { 'FOREIGN' } not a target; { 'ENDED', 'expired' | 'cancelled' };
-- or what the fence answers.
-- Events: signal.acked; ack.rejected for one that comes too late.
local id, epoch, signal_id, db = ARGV[3], ARGV[4], ARGV[6], ARGV[16]
local key = KEYS[1]

local refusal = fence(id, epoch, ARGV[5], 'acknowledgeSignal')
if refusal then return refusal end

local source, kind, iteration = ARGV[9], ARGV[10], ARGV[11]
local record = redis.call('HMGET', key, 'sentAt', 'keep', 'byHand', 'pending', 'tracked', 'idem', 'h:' .. id,
  't:' .. ARGV[7])
local sent_at, by_hand, handed = tonumber(record[1] or NOW), record[3] == '1', record[7]
local keep = math.max(tonumber(record[2] or '86400000'), tonumber(ARGV[12]))
local pending, tracked = tonumber(record[4] or '0'), tonumber(record[5] or '0')
local target, it = ARGV[7], record[8] and cjson.decode(record[8])
-- A signal made by hand, as it is recorded.
local handmade

if not record[1] then
  if ARGV[14] == '' then return { 'GONE' } end
  by_hand, handmade = true, cjson.decode(ARGV[14])
  redis.call('HSET', key, 'signal', ARGV[14], 'deadline', int(NOW), 'sentAt', int(NOW), 'payloadBytes', '0',
    'byHand', '1')
  redis.call('ZADD', K_SIGNALS, int(NOW), signal_id)
  target, it = id, { state = 'pending' }
else
  if not it or (it.heldBy or target) ~= id then target, it = held_target(key, id, '') end
  if by_hand then
    -- Nothing but the record says what it is about: its id does not.
    handmade = cjson.decode(redis.call('HGET', key, 'signal'))
    if handmade.source ~= source or handmade.type ~= kind or int(handmade.iteration) ~= iteration then
      return { 'SIGN', target or id, handmade.source, handmade.type, int(handmade.iteration) }
    end
    if not it then target, it = id, { state = 'pending' } end
  end
  if not it then return { 'FOREIGN' } end
  if target ~= ARGV[7] then return { 'SIGN', target, source, kind, iteration } end
end

-- Whether it holds another target that has not answered: only who was handed one can.
local function more()
  if not handed then return '' end
  local _, other = held_target(key, id, '')
  return other and other.state == 'pending' and '1' or ''
end

if it.state == 'expired' or it.state == 'cancelled' then
  it.rejected = (it.rejected or 0) + 1
  it.verdict = 'late'
  local ev = emit('ack.rejected', 'signal:' .. signal_id,
    { signalId = signal_id, coordinatorId = target, verdict = 'late', by = ARGV[2] })
  redis.call('HSET', key, 't:' .. target, target_json(it), 'ev', ev)
  return { 'ENDED', it.state }
elseif it.state == 'pending' then
  if it.entry then inbox_remove(id, it.entry) end
  it.entry = nil
  it.state = 'acked'
  it.ackedAt = NOW
  it.latencyMs = math.max(0, NOW - sent_at)
  if not by_hand then pending = pending - 1 end
  if ARGV[13] == '1' then tracked = tracked + 1 end
else
  local stored = redis.call('HGET', key, 'a:' .. target) or ''
  local replaces = ARGV[15] ~= '' and (stored == '' or string.find(stored, ARGV[15], 1, true))
  if not replaces then return { 'ALREADY', stored, target, more() } end
end
it.verdict = nil

local stored = '{"epoch":' .. epoch .. ',"by":"' .. id .. '","ack":' .. ARGV[8] .. '}'
local told = by_hand and ',"byHand":{"source":"' .. source .. '","type":"' .. kind .. '","iteration":' .. iteration
  .. ',"timestamp":' .. int(handmade.timestamp) .. '}' or ''
local ev = emit('signal.acked', 'signal:' .. signal_id,
  '{"signalId":"' .. signal_id .. '","coordinatorId":"' .. id .. '","target":"' .. target
  .. '","epoch":' .. epoch .. ',"keyId":"' .. (string.match(ARGV[8], '"keyId":"([%w_-]+)"') or '')
  .. '","latencyMs":' .. int(it.latencyMs or 0) .. told .. '}')
redis.call('HSET', key, 't:' .. target, target_json(it), 'a:' .. target, stored, 'pending', int(pending), 'ev', ev)
if tracked > 0 then redis.call('HSET', key, 'tracked', int(tracked)) end
if int(keep) ~= record[2] then redis.call('HSET', key, 'keep', int(keep)) end
redis.call('SET', k_ack(id, signal_id), ARGV[8], 'PX', ARGV[12])
if pending <= 0 and tracked <= 0 then settle(key, signal_id, int(keep), record[6]) end
redis.call('HSET', k_coordinator(id), 'actionWhat', 'signal.acked', 'actionAt', int(NOW), 'ev', ev)

local hint = '{"k":"ack","db":' .. db .. ',"signalId":"' .. signal_id .. '","target":"' .. target
  .. '","stored":' .. stored .. '}'
redis.call('PUBLISH', k_hint(source), hint)
-- Of a signal that nobody sent, who waits for it can only know whom it waits for.
if by_hand then redis.call('PUBLISH', k_hint(target), hint) end
return { 'OK', more() }
