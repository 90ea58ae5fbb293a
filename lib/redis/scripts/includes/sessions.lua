-- The control room's sessions. Needs `now`. All keys of the server share one hash tag, so what a
-- session names may be built here.
--- @include "includes/now"
local S = ARGV[1]
local MAX_SESSIONS_OF_USER = 50

local function s_session(hash) return S .. 'session:' .. hash end
local function s_sessions_of(user) return S .. 'sessions:' .. user end
local function s_user(name) return S .. 'user:' .. name end

local function publish_revoked(hashes)
  if #hashes > 0 then
    redis.call('PUBLISH', S .. 'revoked', cjson.encode({ sessions = hashes }))
  end
end

-- Ends the sessions and tells every server. Answers nothing.
local function end_sessions(user, hashes)
  for _, hash in ipairs(hashes) do
    redis.call('DEL', s_session(hash))
    redis.call('ZREM', s_sessions_of(user), hash)
  end
  publish_revoked(hashes)
end

-- Nine strings: id, user, role, createdAt, lastSeenAt, expiresAt, idleUntil, address, agent;
-- nil when the session is over. The role is the user's of now.
local function read_session(hash, slide)
  local key = s_session(hash)
  local it = redis.call('HMGET', key, 'user', 'createdAt', 'lastSeenAt', 'expiresAt', 'idleMs', 'address', 'agent')
  if not it[1] then return nil end
  local role = redis.call('HGET', s_user(it[1]), 'role')
  local seen, expires, idle = tonumber(it[3]), tonumber(it[4]), tonumber(it[5])
  if not role or expires <= NOW or seen + idle <= NOW then
    redis.call('DEL', key)
    redis.call('ZREM', s_sessions_of(it[1]), hash)
    return nil
  end
  if slide then
    seen = NOW
    redis.call('HSET', key, 'lastSeenAt', int(NOW))
    redis.call('PEXPIREAT', key, int(math.min(NOW + idle, expires)))
  end
  local idle_until = int(math.min(seen + idle, expires))
  return { hash, it[1], role, it[2], int(seen), it[4], idle_until, it[6] or '', it[7] or '' }
end

-- Opens a session for a user that exists. The oldest of too many ends for it.
local function open_session(hash, user, idle_ms, life_ms, address, agent)
  local key, index, expires = s_session(hash), s_sessions_of(user), NOW + life_ms
  redis.call('HSET', key, 'user', user, 'createdAt', int(NOW), 'lastSeenAt', int(NOW),
    'expiresAt', int(expires), 'idleMs', int(idle_ms), 'address', address, 'agent', agent)
  redis.call('PEXPIREAT', key, int(math.min(NOW + idle_ms, expires)))
  redis.call('ZREMRANGEBYSCORE', index, '-inf', int(NOW))
  redis.call('ZADD', index, int(expires), hash)
  local extra = redis.call('ZCARD', index) - MAX_SESSIONS_OF_USER
  if extra > 0 then end_sessions(user, redis.call('ZRANGE', index, 0, extra - 1)) end
  redis.call('PEXPIREAT', index, int(expires))
  return read_session(hash, false)
end
