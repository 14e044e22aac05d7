#include "embedded.h"

static const uint8_t merges[] = {
#embed "../../Vocab/bpe_simple_vocab_16e6.txt.gz"
};
static const uint8_t entities[] = {
#embed "../../Vocab/entities.txt"
};
static const uint8_t templates[] = {
#embed "../../Prompts/templates.txt"
};
static const uint8_t attributes[] = {
#embed "../../Prompts/attributes.txt"
};
static const uint8_t parts[] = {
#embed "../../Prompts/parts.txt"
};
static const uint8_t marks[] = {
#embed "../../Prompts/marks.txt"
};
// Aligned as the tables of a mapped file are, because weights are read in place.
_Alignas(64) static const uint8_t demo_weights[] = {
#embed "../../Demo/open_clip_model.safetensors"
};
static const uint8_t demo_settings[] = {
#embed "../../Demo/open_clip_config.json"
};
static const uint8_t discriminant_parts[] = {
#embed "../../Prompts/discriminant-parts.txt"
};
static const uint8_t report_style[] = {
#embed "../../Styles/report.css"
};
static const uint8_t run_style[] = {
#embed "../../Styles/runs.css"
};
static const uint8_t interface[] = {
#embed "../../Docs/openapi.json"
};

fm_embedded fm_embedded_merges(void) { return (fm_embedded){merges, sizeof merges}; }
fm_embedded fm_embedded_entities(void) { return (fm_embedded){entities, sizeof entities}; }
fm_embedded fm_embedded_templates(void) { return (fm_embedded){templates, sizeof templates}; }
fm_embedded fm_embedded_attributes(void) { return (fm_embedded){attributes, sizeof attributes}; }
fm_embedded fm_embedded_parts(void) { return (fm_embedded){parts, sizeof parts}; }
fm_embedded fm_embedded_marks(void) { return (fm_embedded){marks, sizeof marks}; }
fm_embedded fm_embedded_demo_weights(void) {
  return (fm_embedded){demo_weights, sizeof demo_weights};
}
fm_embedded fm_embedded_demo_settings(void) {
  return (fm_embedded){demo_settings, sizeof demo_settings};
}
fm_embedded fm_embedded_discriminant_parts(void) {
  return (fm_embedded){discriminant_parts, sizeof discriminant_parts};
}
fm_embedded fm_embedded_report_style(void) {
  return (fm_embedded){report_style, sizeof report_style};
}
fm_embedded fm_embedded_run_style(void) { return (fm_embedded){run_style, sizeof run_style}; }
fm_embedded fm_embedded_interface(void) { return (fm_embedded){interface, sizeof interface}; }
