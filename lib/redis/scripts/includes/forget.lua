--- @include "includes/life"
--- @include "includes/emit"
--- @include "includes/waits"
-- Removes the record of one that has ended, and its breakers with it. Signals still pending for it stay
-- until their deadline.
local function forget(id, r, reason)
  emit('coordinator.forgotten', 'coordinator:' .. id, { reason = reason })
  clear_waits(id, r)
  undue('coordinator', id)
  undue('spawn', id)
  if r.spawnRequest then redis.call('XDEL', K_SPAWN, r.spawnRequest) end
  for name in string.gmatch(r.breakers or '', '[^,]+') do
    redis.call('DEL', k_breaker(id, name))
    redis.call('SREM', K_BREAKERS, id .. ':' .. name)
  end
  redis.call('ZREM', K_BEATS, id)
  redis.call('SREM', K_COORDINATORS, id)
  if r.swarm and tonumber(redis.call('ZINCRBY', K_SWARMS, -1, r.swarm)) <= 0 then
    redis.call('ZREM', K_SWARMS, r.swarm)
  end
  redis.call('DEL', k_coordinator(id))
  if redis.call('XLEN', k_inbox(id)) == 0 then redis.call('DEL', k_inbox(id)) end
end

-- What it still holds, which must not be lost with its record; nil if nothing.
local function holds(id)
  local work = redis.call('HLEN', k_work(id))
  if work > 0 then return int(work) .. ' work items' end
  local signals = redis.call('XLEN', k_inbox(id))
  if signals > 0 then return int(signals) .. ' pending signals' end
  return nil
end
