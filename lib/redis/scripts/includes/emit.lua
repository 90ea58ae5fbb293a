--- @include "includes/keys"
--- @include "includes/now"
-- Appends one event, and answers its entry id, the sequence.
-- data: a table, or JSON text where cjson would not write what is meant (fractions, empty arrays).
local events_kept
local function emit_as(actor, type, entity, data)
  events_kept = events_kept or redis.call('HGET', K_SETTINGS, 'eventsKept') or '100000'
  if _G.type(data) == 'table' then data = cjson.encode(data) end
  local entry = '{"v":1,"type":"' .. type .. '","at":' .. int(NOW)
    .. ',"actor":' .. cjson.encode(actor) .. ',"entity":' .. cjson.encode(entity)
    .. ',"data":' .. data .. '}'
  return redis.call('XADD', K_EVENTS, 'MAXLEN', '~', events_kept, '*', 'e', entry)
end

-- ARGV[2] is who does this.
local function emit(type, entity, data) return emit_as(ARGV[2], type, entity, data) end
