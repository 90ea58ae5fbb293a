--- @include "includes/keys"
-- The records of settled signals expire; their places in the index are taken away here, some at each
-- sweep, going round.
local function prune_signals()
  local from = tonumber(redis.call('HGET', K_MONITOR, 'signalCursor') or '0')
  local ids = redis.call('ZRANGE', K_SIGNALS, from, from + 99)
  local gone = 0
  for _, id in ipairs(ids) do
    if redis.call('EXISTS', k_record(id)) == 0 then
      redis.call('ZREM', K_SIGNALS, id)
      gone = gone + 1
    end
  end
  local next = #ids < 100 and 0 or from + 100 - gone
  if next ~= from then redis.call('HSET', K_MONITOR, 'signalCursor', next) end
end
