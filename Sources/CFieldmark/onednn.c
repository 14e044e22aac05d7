#include "onednn.h"

int fm_run_primitive(
    dnnl_primitive_t primitive, int count, const int *places, const fm_shape *const *shapes,
    void *const *memory) {
  dnnl_exec_arg_t arguments[8];
  dnnl_stream_t stream = fm_lane_stream();
  int status = stream && count <= 8 ? 0 : -1, made = 0;
  for (; made < count && !status; made++) {
    arguments[made].arg = places[made];
    status = dnnl_memory_create(
        &arguments[made].memory, FM_VIEW(*shapes[made]), fm_lane_engine(), memory[made]);
  }
  if (status && made) made--;
  if (!status) status = dnnl_primitive_execute(primitive, stream, count, arguments);
  if (!status) status = dnnl_stream_wait(stream);
  while (made-- > 0) dnnl_memory_destroy(arguments[made].memory);
  return status;
}

int fm_reorder(const fm_shape *from, void *source, const fm_shape *to, void *target) {
  dnnl_primitive_desc_t description = NULL;
  dnnl_primitive_t primitive = NULL;
  const fm_shape *shapes[] = {from, to};
  void *memory[] = {source, target};
  const int places[] = {DNNL_ARG_FROM, DNNL_ARG_TO};
  int status = dnnl_reorder_primitive_desc_create(
      &description, FM_VIEW(*from), fm_lane_engine(), FM_VIEW(*to), fm_lane_engine(), NULL);
  if (!status) status = dnnl_primitive_create(&primitive, description);
  if (!status) status = fm_run_primitive(primitive, 2, places, shapes, memory);
  if (primitive) dnnl_primitive_destroy(primitive);
  if (description) dnnl_primitive_desc_destroy(description);
  return status;
}

dnnl_status_t fm_make_attributes(dnnl_primitive_attr_t *attributes) {
  dnnl_status_t status = dnnl_primitive_attr_create(attributes);
  return status ? status
                : dnnl_primitive_attr_set_scratchpad_mode(
                      *attributes, dnnl_scratchpad_mode_user);
}

dnnl_data_type_t fm_type_of(fm_number type) {
  return type == FM_BF16 ? dnnl_bf16 : dnnl_f32;
}
