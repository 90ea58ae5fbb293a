--- @include "includes/end-life"
-- A replacement did not come. It keeps what was handed to it, and can be escalated in its turn.
local function fail(id, r, reason)
  undue('spawn', id)
  if r.spawnRequest then redis.call('XDEL', K_SPAWN, r.spawnRequest) end
  local ev = emit('coordinator.failed', 'coordinator:' .. id, { epoch = tonumber(r.epoch), reason = reason })
  redis.call('HDEL', k_coordinator(id), 'spawnRequest')
  redis.call('HSET', k_coordinator(id), 'liveness', 'failed', 'livenessSince', int(NOW), 'ev', ev,
    'spawnState', 'failed', 'spawnReason', reason, 'spawnAt', int(NOW), 'spawnEv', ev)
  remove_life(id, TROUBLE_KEPT)
end
