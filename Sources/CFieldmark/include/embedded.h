// Files of Vocab/, Prompts/, Demo/ and Page/ that are part of the program itself.
#pragma once

#include <stddef.h>
#include <stdint.h>

/// A run of bytes inside the program: valid forever, never written.
typedef struct {
  const uint8_t *_Nonnull bytes;
  size_t count;
} fm_embedded;

/// Vocab/bpe_simple_vocab_16e6.txt.gz, as published.
fm_embedded fm_embedded_merges(void);

/// Vocab/entities.txt: HTML's names of characters.
fm_embedded fm_embedded_entities(void);

/// Prompts/templates.txt, attributes.txt, parts.txt, discriminant-parts.txt and marks.txt.
fm_embedded fm_embedded_templates(void);
fm_embedded fm_embedded_attributes(void);
fm_embedded fm_embedded_parts(void);
fm_embedded fm_embedded_discriminant_parts(void);
fm_embedded fm_embedded_marks(void);

/// Demo/: the weights and settings of the model that is built in.
fm_embedded fm_embedded_demo_weights(void);
fm_embedded fm_embedded_demo_settings(void);

/// Styles/report.css and runs.css: the style rules of self-contained pages and of pages about runs.
fm_embedded fm_embedded_report_style(void);
fm_embedded fm_embedded_run_style(void);

/// Docs/openapi.json: the description of the interface of the page.
fm_embedded fm_embedded_interface(void);
