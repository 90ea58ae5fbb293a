--- @include "includes/keys"
-- The records of what is settled expire; their places in an index are taken away here, some at each
-- sweep, going round.
local PRUNED_AT_ONCE = 100
local function prune_index(index, key_of, cursor_field)
  local from = tonumber(redis.call('HGET', K_MONITOR, cursor_field) or '0')
  local ids = redis.call('ZRANGE', index, from, from + PRUNED_AT_ONCE - 1)
  local gone = 0
  for _, id in ipairs(ids) do
    if redis.call('EXISTS', key_of(id)) == 0 then
      redis.call('ZREM', index, id)
      gone = gone + 1
    end
  end
  local next = #ids < PRUNED_AT_ONCE and 0 or from + PRUNED_AT_ONCE - gone
  if next ~= from then redis.call('HSET', K_MONITOR, cursor_field, next) end
end
