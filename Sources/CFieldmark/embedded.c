#include "embedded.h"

static const uint8_t merges[] = {
#embed "../../Vocab/bpe_simple_vocab_16e6.txt.gz"
};

fm_embedded fm_embedded_merges(void) { return (fm_embedded){merges, sizeof merges}; }
