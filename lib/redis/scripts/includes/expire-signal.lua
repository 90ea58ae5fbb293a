--- @include "includes/emit"
--- @include "includes/signal-record"
--- @include "includes/tell-sender"
-- The deadline of a signal has passed: whoever has not answered is visibly expired. What answered
-- but was to say that it is done stays acknowledged. Events: signal.expired, if anybody had not.
-- Answers the targets that expired.
local function expire_signal(signal_id)
  local key = k_record(signal_id)
  if redis.call('EXISTS', key) == 0 then
    undue('signal', signal_id)
    redis.call('ZREM', K_SIGNALS, signal_id)
    return {}
  end
  local expired = {}
  for _, pair in ipairs(targets_of(key, 'pending')) do
    local target, it = pair[1], pair[2]
    -- -1: no database has this number; whoever hears it looks.
    withdraw(key, signal_id, target, it, 'expired', -1)
    expired[#expired + 1] = target
  end
  if #expired > 0 then
    local ev = emit('signal.expired', 'signal:' .. signal_id,
      '{"signalId":"' .. signal_id .. '","targets":' .. json_ids(expired) .. '}')
    redis.call('HSET', key, 'ev', ev)
    tell_sender(signal_id, -1)
  end
  redis.call('HSET', key, 'pending', '0', 'tracked', '0')
  settle_if_done(key, signal_id)
  return expired
end
