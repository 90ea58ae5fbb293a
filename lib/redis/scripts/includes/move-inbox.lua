--- @include "includes/emit"
--- @include "includes/signal-record"
-- Hands everything pending in one inbox to another coordinator, in order, with who it was sent to.
-- Events: signal.redirected for each. Answers how many. The new holder's inbox takes them all: an
-- inbox is bounded where signals come in, and handing over must never lose one.
local function move_inbox(from, to)
  local moved = 0
  for _, entry in ipairs(redis.call('XRANGE', k_inbox(from), '-', '+')) do
    local signal_id, target = entry[2][2], entry[2][4]
    local key = k_record(signal_id)
    local it = get_target(key, target)
    if it and it.state == 'pending' then
      it.heldBy = to
      it.entry = inbox_add(to, signal_id, target)
      local ev = emit('signal.redirected', 'signal:' .. signal_id,
        { signalId = signal_id, target = target, from = from, to = to })
      local handed = redis.call('HGET', key, 'h:' .. to)
      redis.call('HDEL', key, 'h:' .. from)
      redis.call('HSET', key, 't:' .. target, target_json(it),
        'h:' .. to, (handed and handed .. ',' or '') .. target, 'ev', ev)
      moved = moved + 1
    end
  end
  redis.call('DEL', k_inbox(from))
  if moved > 0 then redis.call('PUBLISH', k_hint(to), 'look') end
  redis.call('PUBLISH', k_hint(from), 'look')
  return moved
end
