-- The names of all keys, the same as in keys.ts. ARGV[1] is the namespace's prefix: a namespace is
-- one slot, so a script may build from it the keys that it discovers on its way.
local P = ARGV[1]

local K_EVENTS = P .. 'events'
local K_BEATS = P .. 'beats'
local K_DEADLINES = P .. 'deadlines'
local K_SETTINGS = P .. 'settings'
local K_MONITOR = P .. 'monitor'
local K_ATTENTION = P .. 'attention'
local K_COORDINATORS = P .. 'coordinators'
local K_SWARMS = P .. 'swarms'
local K_SIGNALS = P .. 'signals'
local K_CONSENSUS = P .. 'consensus'
local K_BREAKERS = P .. 'breakers'
local K_SPAWN = P .. 'spawn'

local function k_coordinator(id) return P .. 'coordinator:' .. id end
local function k_inbox(id) return P .. 'signal:' .. id end
local function k_record(signal_id) return P .. 'signal-record:' .. signal_id end
local function k_ack(coordinator_id, signal_id) return P .. 'ack:' .. coordinator_id .. ':' .. signal_id end
local function k_idempotency(sender, key) return P .. 'idempotency:' .. sender .. ':' .. key end
local function k_work(id) return P .. 'work:' .. id end
local function k_escalation(id, epoch) return P .. 'escalation:' .. id .. ':' .. epoch end
local function k_consensus(key) return P .. 'consensus:' .. key end
local function k_breaker(owner, name) return P .. 'breaker:' .. owner .. ':' .. name end
local function k_hint(id) return P .. 'hint:' .. id end
