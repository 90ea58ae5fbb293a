#!lua flags=allow-oom
--- @include "includes/calls"
--- @include "includes/fence"
--- @include "includes/held-target"
-- Stores the first ACK of a target for the record's life. Repeated, it answers that same one.
--
-- KEYS the records of the signals
-- Arguments of each call (see includes/calls):
--  1 coordinator   2 epoch   3 instance   4 signal id
--  5 the target that the ACK answers for, as far as the signer knows
--  6 the signed ACK, JSON   7 source, 8 type, 9 iteration that were signed
-- 10 how long the ACK's copy is kept, ms   11 '1' when it has yet to say that it is done
-- 12 the signal, JSON, when it may be one that nobody sent; else ''
-- 13 MAC of a stored ACK that the signer can't verify, and replaces; else ''
-- 14 number of the database
--
-- Answers { 'OK', more }, with '1' as `more` when this coordinator holds another target that has
-- not answered; { 'ALREADY', what is stored, target, more };
-- { 'SIGN', target, source, type, iteration }: what was signed is not what is recorded, sign this;
-- { 'GONE' } no record; { 'FOREIGN' } not a target; { 'ENDED', 'expired' | 'cancelled' };
-- or what the fence answers.
-- Events: signal.acked; ack.rejected for one that comes too late.
local function call(first, last)
  local id, epoch, instance, signal_id, signed_for, ack, source, kind, iteration, copy_kept, tracks, unsent, replaced,
    db = unpack(ARGV, first, last)
  local key = k_record(signal_id)

  local refusal = fence(id, epoch, instance, 'acknowledgeSignal')
  if refusal then return refusal end

  local record = redis.call('HMGET', key, 'sentAt', 'keep', 'byHand', 'pending', 'tracked', 'idem', 'h:' .. id,
    't:' .. signed_for)
  local sent_at, by_hand, handed = tonumber(record[1] or NOW), record[3] == '1', record[7]
  local keep = math.max(tonumber(record[2] or '86400000'), tonumber(copy_kept))
  local pending, tracked = tonumber(record[4] or '0'), tonumber(record[5] or '0')
  local target, it = signed_for, record[8] and cjson.decode(record[8])
  -- A signal made by hand, as it is recorded.
  local handmade

  if not record[1] then
    if unsent == '' then return { 'GONE' } end
    by_hand, handmade = true, cjson.decode(unsent)
    redis.call('HSET', key, 'signal', unsent, 'deadline', NOW_TEXT, 'sentAt', NOW_TEXT, 'payloadBytes', '0',
      'byHand', '1')
    redis.call('ZADD', K_SIGNALS, NOW_TEXT, signal_id)
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
    if target ~= signed_for then return { 'SIGN', target, source, kind, iteration } end
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
      { signalId = signal_id, coordinatorId = target, verdict = 'late', by = actor })
    redis.call('HSET', key, 't:' .. target, target_json(it), 'ev', ev)
    return { 'ENDED', it.state }
  elseif it.state == 'pending' then
    if it.entry then inbox_remove(id, it.entry) end
    if handed then redis.call('HSETNX', key, 'f:' .. id, target) end
    it.entry = nil
    it.state = 'acked'
    it.ackedAt = NOW
    it.latencyMs = math.max(0, NOW - sent_at)
    if not by_hand then pending = pending - 1 end
    if tracks == '1' then tracked = tracked + 1 end
  else
    -- Who answers for several is told of the same one each time.
    local first = handed and replaced == '' and redis.call('HGET', key, 'f:' .. id)
    if first then target = first end
    local stored = redis.call('HGET', key, 'a:' .. target) or ''
    local replaces = replaced ~= '' and (stored == '' or string.find(stored, replaced, 1, true))
    if not replaces then return { 'ALREADY', stored, target, more() } end
  end
  it.verdict = nil

  local stored = '{"epoch":' .. epoch .. ',"by":"' .. id .. '","ack":' .. ack .. '}'
  local told = by_hand and ',"byHand":{"source":"' .. source .. '","type":"' .. kind .. '","iteration":' .. iteration
    .. ',"timestamp":' .. int(handmade.timestamp) .. '}' or ''
  local ev = emit('signal.acked', 'signal:' .. signal_id,
    '{"signalId":"' .. signal_id .. '","coordinatorId":"' .. id .. '","target":"' .. target
    .. '","epoch":' .. epoch .. ',"keyId":"' .. (string.match(ack, '"keyId":"([%w_-]+)"') or '')
    .. '","latencyMs":' .. int(it.latencyMs or 0) .. told .. '}')
  redis.call('HSET', key, 't:' .. target, target_json(it), 'a:' .. target, stored, 'pending', int(pending), 'ev', ev)
  if tracked > 0 then redis.call('HSET', key, 'tracked', int(tracked)) end
  local keep_text = int(keep)
  if keep_text ~= record[2] then redis.call('HSET', key, 'keep', keep_text) end
  redis.call('SET', k_ack(id, signal_id), ack, 'PX', copy_kept)
  if pending <= 0 and tracked <= 0 then settle(key, signal_id, keep_text, record[6]) end
  acts(id, 'signal.acked', ev)

  local told_ack = '{"k":"ack","db":' .. db .. ',"signalId":"' .. signal_id .. '","target":"' .. target
    .. '","stored":' .. stored .. '}'
  hint(k_hint(source), told_ack)
  -- Of a signal that nobody sent, who waits for it can only know whom it waits for.
  if by_hand then hint(k_hint(target), told_ack) end
  return { 'OK', more() }
end

return answers(call)
