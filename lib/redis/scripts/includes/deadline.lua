--- @include "includes/keys"
--- @include "includes/now"
-- The one list of whatever can run out. Kinds: coordinator, signal, consensus, spawn, wait.
local function due(kind, id, at) redis.call('ZADD', K_DEADLINES, int(at), kind .. ':' .. id) end
local function undue(kind, id) redis.call('ZREM', K_DEADLINES, kind .. ':' .. id) end
