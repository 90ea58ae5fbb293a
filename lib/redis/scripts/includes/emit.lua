--- @include "includes/keys"
--- @include "includes/now"
-- Appends one event, and answers its entry id, the sequence.
-- data: a table, or JSON text where cjson would not write what is meant (fractions, empty arrays).
local events_kept
local function emit_as(who, type, entity, data)
  events_kept = events_kept or redis.call('HGET', K_SETTINGS, 'eventsKept') or '100000'
  if _G.type(data) == 'table' then data = cjson.encode(data) end
  local entry = '{"v":1,"type":"' .. type .. '","at":' .. NOW_TEXT
    .. ',"actor":' .. cjson.encode(who) .. ',"entity":' .. cjson.encode(entity)
    .. ',"data":' .. data .. '}'
  return redis.call('XADD', K_EVENTS, 'MAXLEN', '~', events_kept, '*', 'e', entry)
end

-- Who does this.
local actor = ARGV[2]
local function emit(type, entity, data) return emit_as(actor, type, entity, data) end

-- The event of the last refused write of a coordinator, where it is newer than all that the same script did
-- in its name: of several calls the last event counts.
local last_refusal = {}
