-- Who plans by the forecast reads how it did: by week and cell, no finer than the map that a sergeant has.
select allow('forecast_seal', 'select', '{sergeant}');
