-- Healthy: what is in Git is in force. Progressing: work is under way, or is tried again by itself.
-- Degraded: nothing will change until a person acts. Suspended: somebody paused it.
local health = {status = "Progressing", message = "waiting for Planwright to look at it"}
if obj.status == nil or obj.status.conditions == nil then
  return health
end

local generation = obj.metadata.generation
if obj.status.observedGeneration ~= generation then
  health.message = "waiting for Planwright to look at this generation"
  return health
end

-- A condition that speaks of an older generation says nothing of this one.
local conditions = {}
for _, condition in ipairs(obj.status.conditions) do
  if condition.observedGeneration == generation then
    conditions[condition.type] = condition
  end
end
local ready = conditions["Ready"]
if ready == nil then
  return health
end

if ready.status == "True" then
  if obj.metadata.deletionTimestamp ~= nil then
    health.message = "being deleted"
  else
    health.status = "Healthy"
    health.message = ready.message or ""
  end
  return health
end

health.message = ready.reason .. ": " .. (ready.message or "")
local stalled = conditions["Stalled"]
if ready.reason == "Paused" then
  health.status = "Suspended"
elseif stalled ~= nil and stalled.status == "True" then
  health.status = "Degraded"
end
return health
