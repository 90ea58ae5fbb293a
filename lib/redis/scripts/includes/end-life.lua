--- @include "includes/life"
--- @include "includes/emit"
--- @include "includes/waits"
-- The record of an ended life stays for a while, and is then forgotten by an event, not by a silent
-- expiry: a day where it ended well, a week where somebody may still want to act on it.
local ENDED_KEPT = 86400000
local TROUBLE_KEPT = 604800000

-- Takes an id off the lists of the living.
local function remove_life(id, kept)
  redis.call('ZREM', K_BEATS, id)
  due('coordinator', id, NOW + kept)
end

local function stop(id, record, reason)
  clear_waits(id, record)
  undue('spawn', id)
  if record.spawnRequest then redis.call('XDEL', K_SPAWN, record.spawnRequest) end
  local ev = emit('coordinator.stopped', 'coordinator:' .. id, { epoch = tonumber(record.epoch), reason = reason })
  redis.call('HDEL', k_coordinator(id), 'spawnState', 'spawnRequest', 'claimHash', 'nudge', 'deathEv', 'deathBy')
  redis.call('HSET', k_coordinator(id), 'liveness', 'stopped', 'livenessSince', int(NOW), 'ev', ev)
  remove_life(id, ENDED_KEPT)
end
